// The deadline kept, a part of S5: once a mission's latency budget is used up, no more work is sent out.
import type { TeamDefinition } from '../team/definition.ts';
import type { TraceIndex } from './trace-index.ts';
import { broken, held, type Ruling } from './verdict.ts';

/** Not judged where the budget was changed. A process that was down at the deadline owes what it owed before. */
export function checkDeadline(index: TraceIndex, { budget }: TeamDefinition): Ruling {
  const started = index.starts.find(({ kind }) => kind === 'mission.started');
  if (started === undefined) return held;
  const recoveries = new Set<number>();
  for (const event of index.pauses) {
    if (event.kind === 'outside.accepted') {
      if (event.event === 'budget.changed') return held;
      if (event.event === 'recovered') recoveries.add(event.seq);
      continue;
    }
    const lateMs = event.atMs - started.atMs - budget.latencyMsMax;
    if (lateMs > 0 && !recoveries.has(event.cause))
      return broken(`${event.kind} ${lateMs} ms after the mission's deadline`, event.seq);
  }
  return held;
}
