// A model call in the simulated world: brief to messages, double to answer, delivery to events.
import { andThen, type NowOrLater } from '../../base/now-or-later.ts';
import { createRandom } from '../../base/random.ts';
import { arrivalMs } from '../../chaos/arrival.ts';
import type { ModelOutcome } from '../../chaos/outcome.ts';
import type { ModelAsk } from '../../steward/command.ts';
import type { AnswerEvent } from '../../steward/event.ts';
import type { Ask, ModelFailure } from '../../team/ask.ts';
import { composeMessages } from '../../team/prompt.ts';
import { cross, paceMs, reference, type Performed, type World } from './world.ts';

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
  return andThen(world.doubles.model.answer(askOf(world, command), random), (said) => ({
    kind: 'answered' as const,
    answer: said,
    delivery: {
      latencyMs: paceMs(world, 'modelMs', command.key),
      firstTokenMs: 0,
      chunkGapMs: 0,
      end: { kind: 'complete' as const },
    },
  }));
}

function askOf({ team }: World, command: ModelAsk): Ask {
  const schema = team.answerSchemas[command.agent];
  return {
    agent: command.agent,
    model: command.model,
    messages: composeMessages(team, command.agent, command.brief),
    tools: team.offers[command.agent] ?? [],
    ...(schema === undefined ? {} : { responseSchema: schema }),
    turn: command.turn,
    attempt: command.attempt,
    key: command.key,
  };
}

function eventOf(world: World, command: ModelAsk, outcome: ModelOutcome): AnswerEvent {
  const to = reference(world, command);
  if (outcome.kind === 'failed') return { ...to, kind: 'model.failed', failure: outcome.failure };
  if (outcome.kind === 'answered' && outcome.delivery.end.kind === 'complete')
    return { ...to, kind: 'model.answered', answer: outcome.answer };
  return { ...to, kind: 'model.failed', failure: cutOff };
}

/** A stream that ends without its finish reason is never a whole answer, however politely it was closed. */
const cutOff: ModelFailure = {
  reason: 'cut',
  message: 'the stream ended before the answer did',
  retryable: true,
};
