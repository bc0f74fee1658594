// Timers: one for each thing that is watched. Invariant: a timer is cancelled with what it watches (S2, S9).
import type { TimerPurpose } from './command.ts';
import { issue, mint, type Desk } from './desk.ts';

export function startTimer(desk: Desk, purpose: TimerPurpose, watches: string, atMs: number): void {
  cancelTimer(desk, watches);
  const id = mint(desk, 't');
  desk.state.timers[watches] = id;
  issue(desk, { kind: 'timer.start', id, epoch: desk.state.epoch, purpose, watches, atMs });
}

/** Does nothing when nothing is watched. */
export function cancelTimer(desk: Desk, watches: string): void {
  const id = desk.state.timers[watches];
  if (id === undefined) return;
  delete desk.state.timers[watches];
  delete desk.state.pending[id];
  desk.commands.push({ kind: 'timer.cancel', id });
}

/** The wait before try `attempt + 1`, in milliseconds: doubling, bounded, never less than the other side asked for. */
export function backoffMs(desk: Desk, attempt: number, askedMs: number): number {
  const limits = desk.state.team?.limits;
  const doubled = (limits?.backoffMs ?? 500) * 2 ** Math.min(attempt - 1, 20);
  return Math.max(askedMs, Math.min(doubled, limits?.backoffMsMax ?? 60_000));
}
