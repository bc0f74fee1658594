// S9: a finished mission leaves nothing behind, and nothing out.
import type { Invariant } from './invariant.ts';
import type { StoryEvent, TraceIndex } from './trace-index.ts';
import { broken, held, unknown, worst, type Ruling } from './verdict.ts';

export const endsClean: Invariant = {
  id: 'S9',
  sentence:
    'A finished mission has its deliverables, has nothing pending, starts nothing more, and has taken back every credential.',
  check(index) {
    const end = index.ends[0];
    if (end === undefined) return held;
    const second = index.ends[1];
    if (second !== undefined) return broken('the mission ended twice', end.seq, second.seq);
    return worst(
      nothingMissing(index, end),
      nothingAfter(index, end),
      nothingPending(index),
      nothingGranted(index),
    );
  },
};

function nothingMissing({ trace }: TraceIndex, end: StoryEvent<'ends'>): Ruling {
  if (end.end !== 'done') return held;
  const missing = trace.team?.deliverables.find((key) => !Object.hasOwn(end.context, key));
  return missing === undefined ? held : broken(`the mission says done, and ${missing} is missing`, end.seq);
}

function nothingAfter(index: TraceIndex, end: StoryEvent<'ends'>): Ruling {
  for (let place = index.exchanges.length - 1; place >= 0; place -= 1) {
    const event = index.exchanges[place]!;
    if (event.seq < end.seq) return held;
    if (event.kind !== 'answer.accepted' && event.kind !== 'resumed')
      return broken(`${event.kind} after the mission had ended`, end.seq, event.seq);
  }
  return held;
}

function nothingPending(index: TraceIndex): Ruling {
  if (index.trace.team === null)
    return unknown('what this team owes to anybody is not known: it may leave a poll open');
  const stop = index.stops[0];
  if (stop === undefined) return unknown('the trace does not say what was pending when the run stopped');
  if (stop.live === null) return unknown('nobody counted what was in flight');
  if (stop.pending === 0 && stop.live === 0) return held;
  return broken(`the mission ended with ${stop.pending} pending and ${stop.live} in flight`, stop.seq);
}

function nothingGranted(index: TraceIndex): Ruling {
  if (index.trace.team === null) return unknown('the credentials of this team are not known');
  const granted = new Map<string, number>();
  for (const event of index.credentials) {
    if (event.kind === 'credential.granted') granted.set(event.credential, event.seq);
    else if (event.kind === 'credential.revoked') granted.delete(event.credential);
  }
  for (const [credential, seq] of granted) return broken(`${credential} was never revoked`, seq);
  return held;
}
