// The loop guard: counts repeats, exchanges and rework, is told of other loops, breaks each while it happens, then escalates.
import { fingerprintText } from '../base/fingerprint.ts';
import { teamOf, type Desk } from './desk.ts';
import type { OutsideEvent } from './event.ts';
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
    { agent: assignment.agent, loop: 'rework', repetitions: assignment.sameContent },
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

/** Takes word of a loop: its agents are told to do otherwise; where one of them was told before, people must look. */
export function loopDetected(desk: Desk, event: OutsideEvent & { readonly kind: 'loop.detected' }): void {
  const { alarmed } = desk.state;
  const { agents, loop, repetitions, reason } = event;
  const again = agents.some((agent) => recordOf(alarmed, agent) !== undefined);
  for (const agent of agents) {
    alarm(desk, { agent, loop, repetitions }, again ? 'escalate' : 'break');
    if (!again)
      putRecord(alarmed, {
        id: agent,
        advice: `loop: ${reason}. Do otherwise, or finish with what you have.`,
      });
  }
  if (again) desk.agenda.push({ kind: 'end', end: 'escalated', reason: `loop: ${reason}` });
}

/** Tells an agent of its loop. For the moments before a new question, as one that is asked again must stay what it was. S3. */
export function heedAlarm(desk: Desk, assignment: Assignment): void {
  const alarmed = recordOf(desk.state.alarmed, assignment.agent);
  if (alarmed === undefined || alarmed.advice === null) return;
  assignment.feedback.push(alarmed.advice);
  alarmed.advice = null;
}

function alarm(
  desk: Desk,
  loop: { readonly agent: string; readonly loop: LoopKind; readonly repetitions: number },
  action: 'break' | 'escalate',
): LoopVerdict {
  desk.notes.push({ kind: 'loop.alarmed', ...loop, action });
  return action;
}
