// S4: an effect that may happen once happens once, and every accepted answer was asked for.
import { fingerprint } from '../base/fingerprint.ts';
import type { Invariant } from './invariant.ts';
import type { StoryEvent, TraceIndex } from './trace-index.ts';
import { broken, held, unknown, worst, type Ruling } from './verdict.ts';

export const effectsHappenOnce: Invariant = {
  id: 'S4',
  sentence:
    'A `once` effect takes place at most once, and every accepted answer was dispatched, and counts once.',
  check: (index) => worst(checkEffects(index), checkAnswers(index)),
};

/** Answers whose dispatch is a crossing of the trace; timers, credentials and notices are not. */
const dispatchedAs: ReadonlySet<string> = new Set([
  'model.answered',
  'model.failed',
  'tool.returned',
  'tool.failed',
  'tool.probed',
  'gate.checked',
  'gate.failed',
  'handoff.delivered',
  'handoff.failed',
]);

function checkEffects(index: TraceIndex): Ruling {
  const byKey = new Map<string, number>();
  const byArguments = new Map<string, number>();
  let untold = false;
  for (const event of index.effects) {
    if (event.effect === null) untold = true;
    if (event.effect === null || event.effect === 'pure') continue;
    const before = earlier(byKey, event.key, event.seq) ?? earlierUse(byArguments, event);
    if (before !== null) return broken(`${event.tool} took effect twice for ${event.key}`, before, event.seq);
  }
  if (untold) return unknown('the trace does not say which effects may be repeated');
  if (index.trace.team === null && index.effects.length === 0)
    return unknown('no effect of a tool is recorded');
  return held;
}

/** A `once` effect is good for one use of its arguments, whatever the key. */
function earlierUse(byArguments: Map<string, number>, event: StoryEvent<'effects'>): number | null {
  if (event.effect !== 'once') return null;
  return earlier(byArguments, `${event.tool} ${fingerprint(event.arguments)}`, event.seq);
}

function earlier(seen: Map<string, number>, name: string, seq: number): number | null {
  const before = seen.get(name);
  if (before === undefined) seen.set(name, seq);
  return before ?? null;
}

function checkAnswers(index: TraceIndex): Ruling {
  // A team outside takes its answers where it asks for them: it has no commands that could be answered twice.
  if (index.trace.team === null) return held;
  const dispatched = new Set<string>();
  for (const event of index.exchanges) {
    switch (event.kind) {
      case 'model.called':
      case 'tool.called':
      case 'tool.probed':
      case 'gate.called':
      case 'handoff.sent':
      case 'approval.asked':
        dispatched.add(event.call);
        break;
      case 'answer.accepted':
        if (dispatchedAs.has(event.event) && !dispatched.has(event.command))
          return broken(
            `a ${event.event} was accepted for ${event.command}, which was never dispatched`,
            event.seq,
          );
        break;
      case 'resumed':
        break;
    }
  }
  return acceptedOnce(index);
}

/** No command is answered twice. A question to people may be: an answer that does not count leaves it open. */
export function acceptedOnce(index: TraceIndex): Ruling {
  const accepted = new Map<string, number>();
  for (const event of index.exchanges) {
    if (event.kind !== 'answer.accepted' || event.event.startsWith('approval.')) continue;
    const before = earlier(accepted, event.command, event.seq);
    if (before !== null)
      return broken(`${event.command} was answered twice, and both answers counted`, before, event.seq);
  }
  return held;
}
