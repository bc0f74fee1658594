// Closed work, a part of S13: for work that is over nothing is asked any more, and what comes back does not count.
import type { TraceIndex } from './trace-index.ts';
import { broken, held, type Ruling } from './verdict.ts';

/** After an assignment has finished, it makes no call, and no answer to one of its calls may be accepted. */
export function checkClosedWork(index: TraceIndex): Ruling {
  const assignments = new Map<string, string | null>();
  const closed = new Map<string, number>();
  for (const event of index.assigned) {
    if (event.kind === 'agent.finished') closed.set(event.assignment, event.seq);
    else if (event.kind !== 'answer.accepted') {
      assignments.set(event.call, event.assignment);
      const end = closed.get(event.assignment ?? '');
      if (end !== undefined)
        return broken(`${event.kind} for work of ${event.agent} that was over`, end, event.seq);
    } else {
      const end = closed.get(assignments.get(event.command) ?? '');
      if (end !== undefined)
        return broken(`an answer to ${event.command} counted after its work was over`, end, event.seq);
    }
  }
  return held;
}
