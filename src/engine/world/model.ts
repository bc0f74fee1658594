// A model call in the simulated world: brief to messages, double to answer, delivery to events.
import { andThen, type NowOrLater } from '../../base/now-or-later.ts';
import { createRandom, type Random } from '../../base/random.ts';
import { arrivalMs } from '../../chaos/arrival.ts';
import type { ModelOutcome } from '../../chaos/outcome.ts';
import type { ModelAsk } from '../../steward/command.ts';
import type { AnswerEvent } from '../../steward/event.ts';
import type { Answer, Ask, ModelFailure } from '../../team/ask.ts';
import { FailedCall } from '../../llm/failed-call.ts';
import { SpoiltCall } from '../../llm/spoilt-call.ts';
import { composeMessages } from '../../team/prompt.ts';
import { cross, paceMs, type Performed, type World } from './world.ts';

export function askModel(world: World, command: ModelAsk): NowOrLater<Performed> {
  const crossing = {
    layer: 'llm',
    agent: command.agent,
    subject: command.model,
    attempt: command.attempt,
  } as const;
  return andThen(
    cross(world, crossing, () => answer(world, command)),
    ({ outcome, felt }) => {
      const afterMs = arrivalMs(outcome);
      return { felt, events: afterMs === null ? [] : [{ afterMs, event: eventOf(world, command, outcome) }] };
    },
  );
}

/** The stream of chance is named by agent and turn, so that neither a retry nor a rework nor a crash changes an agent's mind. */
function answer(world: World, command: ModelAsk): NowOrLater<ModelOutcome> {
  const random = createRandom(world.seed, 'model', command.agent, command.turn);
  return andThen(asked(world, command, random), (said) =>
    said instanceof SpoiltCall
      ? said.outcome
      : said instanceof FailedCall
        ? failed(world, command, said)
        : answered(world, command, said),
  );
}

/**
 * A double that throws `FailedCall` answers that the provider failed, one that throws `SpoiltCall` how else the answer
 * comes to grief; whatever else it throws is its own mistake.
 */
function asked(
  world: World,
  command: ModelAsk,
  random: Random,
): NowOrLater<Answer | FailedCall | SpoiltCall> {
  try {
    const ask = askOf(world, command);
    logDivergence(world, command, ask);
    const answer = world.doubles.model.answer(ask, random);
    return answer instanceof Promise ? answer.catch(failedCall) : answer;
  } catch (error) {
    return failedCall(error);
  }
}

function logDivergence({ doubles, recorder, clock }: World, { id, agent, turn }: ModelAsk, ask: Ask): void {
  const what = doubles.model.divergence?.(ask) ?? null;
  if (what !== null) recorder.add({ kind: 'playback.diverged', call: id, agent, turn, what }, clock.now(), 0);
}

function failedCall(error: unknown): FailedCall | SpoiltCall {
  if (error instanceof FailedCall || error instanceof SpoiltCall) return error;
  throw error;
}

function failed(world: World, command: ModelAsk, { failure }: FailedCall): ModelOutcome {
  return {
    kind: 'failed',
    failure,
    afterMs: paceMs(world, 'modelMs', command.key),
    headers: {},
    billed: null,
  };
}

function answered(world: World, command: ModelAsk, answer: Answer): ModelOutcome {
  const latencyMs = paceMs(world, 'modelMs', command.key);
  return {
    kind: 'answered',
    answer,
    delivery: { latencyMs, firstTokenMs: 0, chunkGapMs: 0, end: { kind: 'complete' } },
  };
}

function askOf({ team, texts }: World, command: ModelAsk): Ask {
  const responseSchema = team.answerSchemas[command.agent];
  const ask = {
    agent: command.agent,
    model: command.model,
    messages: composeMessages(team, command.agent, command.brief, texts),
    tools: team.offers[command.agent] ?? [],
    turn: command.turn,
    attempt: command.attempt,
    key: command.key,
  };
  return responseSchema === undefined ? ask : Object.assign(ask, { responseSchema });
}

function eventOf(world: World, command: ModelAsk, outcome: ModelOutcome): AnswerEvent {
  const atMs = world.clock.now() + (arrivalMs(outcome) ?? 0);
  if (outcome.kind === 'failed')
    return {
      command: command.id,
      epoch: command.epoch,
      atMs,
      kind: 'model.failed',
      failure: outcome.failure,
    };
  if (outcome.kind === 'answered' && outcome.delivery.end.kind === 'complete')
    return {
      command: command.id,
      epoch: command.epoch,
      atMs,
      kind: 'model.answered',
      answer: outcome.answer,
    };
  const end = outcome.kind === 'answered' ? outcome.delivery.end : null;
  const failure = end?.kind === 'failed' ? end.failure : cutOff;
  return { command: command.id, epoch: command.epoch, atMs, kind: 'model.failed', failure };
}

/** A stream that ends without its finish reason is never a whole answer, however politely it was closed. */
const cutOff: ModelFailure = {
  reason: 'cut',
  message: 'the stream ended before the answer did',
  retryable: true,
};
