// The loop guard: sees repeats, exchanges and rework without progress while they happen, breaks them, then escalates.
import { fingerprintText } from '../base/fingerprint.ts';
import { teamOf, type Desk } from './desk.ts';
import type { LoopKind } from './note.ts';
import type { Assignment } from './state.ts';
import { putRecord, recordOf } from './records.ts';

export type LoopVerdict = 'fine' | 'break' | 'escalate';

/** Counts one more request for the same tool with the same arguments. */
export function watchRepeat(desk: Desk, assignment: Assignment, call: string): LoopVerdict {
  const count = (recordOf(assignment.repeats, call)?.times ?? 0) + 1;
  putRecord(assignment.repeats, { id: call, times: count });
  const max = teamOf(desk.state).limits.repeatsMax;
  if (count < max) return 'fine';
  return alarm(
    desk,
    { agent: assignment.agent, loop: 'repeat', repetitions: count },
    count < max + 1 ? 'break' : 'escalate',
  );
}

/** Compares rejected work with the work rejected before it. */
export function watchRework(desk: Desk, assignment: Assignment, content: string): LoopVerdict {
  const print = fingerprintText(content);
  assignment.sameContent = print === assignment.lastContent ? assignment.sameContent + 1 : 1;
  assignment.lastContent = print;
  if (assignment.sameContent < teamOf(desk.state).limits.repeatsMax) return 'fine';
  return alarm(
    desk,
    { agent: assignment.agent, loop: 'reworkWithoutProgress', repetitions: assignment.sameContent },
    'escalate',
  );
}

/** Counts handoffs between two agents since the context last moved. */
export function watchExchange(desk: Desk, from: string, to: string): LoopVerdict {
  const pair = from < to ? `${from}|${to}` : `${to}|${from}`;
  const count = (desk.state.exchanges[pair] ?? 0) + 1;
  desk.state.exchanges[pair] = count;
  if (count <= 2 * teamOf(desk.state).limits.exchangesMax) return 'fine';
  return alarm(desk, { agent: from, loop: 'exchange', repetitions: count }, 'escalate');
}

/** Raises an alarm about a ring of agents that wait for each other. */
export function alarmRing(desk: Desk, agent: string): void {
  alarm(desk, { agent, loop: 'waitingRing', repetitions: 1 }, 'escalate');
}

function alarm(
  desk: Desk,
  loop: { readonly agent: string; readonly loop: LoopKind; readonly repetitions: number },
  action: 'break' | 'escalate',
): LoopVerdict {
  desk.notes.push({ kind: 'loop.alarmed', ...loop, action });
  return action;
}
