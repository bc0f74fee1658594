// Feedback returned, a part of S7: what a gate or a conflict objects to is told to the agent that does the work again.
import type { TraceIndex } from './trace-index.ts';
import { broken, held, type Ruling } from './verdict.ts';

/** Every objection to an assignment must be in each model call that the assignment makes after it. */
export function checkFeedback(index: TraceIndex): Ruling {
  const owed = new Map<string, { readonly seq: number; readonly lines: string[] }>();
  for (const event of index.releases) {
    if (event.kind === 'gate.rejected' || event.kind === 'rework.requested') {
      const lines = owed.get(event.assignment)?.lines ?? [];
      owed.set(event.assignment, { seq: event.seq, lines: [...lines, ...event.feedback] });
    } else if (event.kind === 'model.called' && event.assignment !== null && event.feedback !== null) {
      const debt = owed.get(event.assignment);
      const lost = debt?.lines.find((line) => event.feedback?.includes(line) !== true);
      if (debt !== undefined && lost !== undefined)
        return broken(`${event.agent} was asked again and not told: ${lost}`, debt.seq, event.seq);
    }
  }
  return held;
}
