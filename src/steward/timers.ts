// Timers: one for each thing that is watched. Invariant: a timer is cancelled with what it watches (S2, S9).
import type { Obligation, TimerPurpose } from './command.ts';
import { issue, mint, type Desk } from './desk.ts';
import { timerWatching } from './pending.ts';
import { takeOut } from './records.ts';

export function startTimer(desk: Desk, purpose: TimerPurpose, watches: string, atMs: number): void {
  cancelTimer(desk, watches);
  const id = mint(desk, 't');
  const { epoch, atMs: nowMs } = desk.state;
  issue(desk, { kind: 'timer.start', id, epoch, purpose, watches, atMs, waitMs: atMs - nowMs });
}

/** The command as it is dispatched late or once more: a timeout counts from when its call really goes out. */
export function dispatchedNow(command: Obligation, nowMs: number): Obligation {
  return command.kind === 'timer.start' && timeouts.has(command.purpose)
    ? { ...command, atMs: nowMs + command.waitMs }
    : command;
}

const timeouts: ReadonlySet<TimerPurpose> = new Set([
  'modelTimeout',
  'toolTimeout',
  'handoffTimeout',
  'gateTimeout',
]);

/** Does nothing when nothing is watched. */
export function cancelTimer(desk: Desk, watches: string): void {
  const timer = timerWatching(desk.state, watches);
  if (timer === undefined) return;
  takeOut(desk.state.pending, timer);
  desk.commands.push({ kind: 'timer.cancel', id: timer.id });
}

/** The wait before try `attempt + 1`, in milliseconds: doubling, bounded, never less than the other side asked for. */
export function backoffMs(desk: Desk, attempt: number, askedMs: number): number {
  const limits = desk.state.team?.limits;
  const doubled = (limits?.backoffMs ?? 500) * 2 ** Math.min(attempt - 1, 20);
  return Math.max(askedMs, Math.min(doubled, limits?.backoffMsMax ?? 60_000));
}
