// Facts served, a part of S6: what is served instead of a new call was found before, and for this very question.
import { fingerprint } from '../base/fingerprint.ts';
import type { StoryEvent, TraceIndex } from './trace-index.ts';
import { broken, held, type Ruling } from './verdict.ts';

type Kept = Extract<StoryEvent<'facts'>, { readonly kind: 'fact.kept' }>;
type Served = Extract<StoryEvent<'facts'>, { readonly kind: 'fact.served' }>;

export function checkFacts(index: TraceIndex): Ruling {
  const kept = new Map<string, Kept>();
  for (const event of index.facts) {
    if (event.kind === 'fact.kept') {
      kept.set(event.fact, event);
      continue;
    }
    const known = kept.get(event.fact);
    if (known === undefined || known.tool !== event.tool || known.agent !== event.foundBy)
      return broken(`${event.agent} was served a fact of ${event.tool} that nobody had found`, event.seq);
    if (!isAskedFor(index, event))
      return broken(
        `${event.agent} was served a fact of ${event.tool} that it had not asked for`,
        known.seq,
        event.seq,
      );
  }
  return held;
}

/** Where the cause is a model's answer, one of its calls must be the question that the fact answers. */
function isAskedFor(index: TraceIndex, served: Served): boolean {
  const answer = index.at(served.cause);
  if (answer?.kind !== 'model.answered') return true;
  return answer.toolCalls.some(
    (call) => fingerprint({ name: call.name, arguments: call.arguments }) === served.fact,
  );
}
