// S3: an idempotency key stands for one call and for no other.
import { findingOn } from './driver-findings.ts';
import type { Invariant } from './invariant.ts';
import { sameJson } from './same-json.ts';
import type { StoryEvent, TraceIndex } from './trace-index.ts';
import { broken, held, unknown, type Ruling } from './verdict.ts';

export const keysBoundOnce: Invariant = {
  id: 'S3',
  sentence: 'An idempotency key is bound to one agent, version, assignment, attempt and input.',
  check(index) {
    const finding = findingOn(index, 'S3');
    if (finding.kind === 'broken') return finding;
    if (index.trace.team === null) return unknown('the keys of this team are not its own');
    const models = checkModels(index);
    return models.kind === 'broken' ? models : checkTools(index);
  },
};

function checkModels(index: TraceIndex): Ruling {
  const bound = new Map<string, StoryEvent<'models'>>();
  for (const event of index.models) {
    const first = bound.get(event.key);
    if (first === undefined) bound.set(event.key, event);
    else if (
      first.agent !== event.agent ||
      first.version !== event.version ||
      first.assignment !== event.assignment ||
      first.turn !== event.turn ||
      first.attempt !== event.attempt
    )
      return broken(`the key ${event.key} stands for two model calls`, first.seq, event.seq);
  }
  return held;
}

/** Attempts share a tool's key, and an effect keeps its key over the agent's visits and versions: only reads are bound to these. */
function checkTools(index: TraceIndex): Ruling {
  const bound = new Map<string, StoryEvent<'tools'>>();
  for (const event of index.tools) {
    const first = bound.get(event.key);
    if (first === undefined) bound.set(event.key, event);
    else if (
      first.agent !== event.agent ||
      (event.effect === 'pure' &&
        (first.version !== event.version || first.assignment !== event.assignment)) ||
      first.tool !== event.tool ||
      !sameJson(first.arguments, event.arguments)
    )
      return broken(`the key ${event.key} stands for two tool calls`, first.seq, event.seq);
  }
  return held;
}
