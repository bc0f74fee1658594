// Divergence: the first step at which a run left the path of its control.
import type { Trace } from '../trace/trace.ts';
import { compactTrace, type CompactEvent } from './compact-trace.ts';
import type { Divergence } from './record.ts';

/** Compares what both runs did, step by step, leaving out times and what chaos itself did; null when they never part. */
export function firstDivergence(chaos: Trace, control: Trace): Divergence | null {
  const bent = compactTrace(chaos).filter(isOfTheTeam);
  const calm = compactTrace(control).filter(isOfTheTeam);
  const place = bent.findIndex((event, index) => !sameStep(event, calm[index]));
  const event = bent[place];
  if (event === undefined) return null;
  return { step: event.seq, agent: event.lane, what: event.text, control: calm[place]?.text ?? null };
}

function isOfTheTeam(event: CompactEvent): boolean {
  return event.tone !== 'fault';
}

function sameStep(one: CompactEvent, other: CompactEvent | undefined): boolean {
  return other !== undefined && one.kind === other.kind && one.lane === other.lane && one.text === other.text;
}
