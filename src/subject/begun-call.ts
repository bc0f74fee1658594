// A begun call: what the trace tells of a request to a model before it is answered.
import { systemPrompt } from '../llm/ask-key.ts';
import type { Attributed } from '../llm/attribution.ts';
import type { ModelRequest } from '../llm/double.ts';
import type { Ask } from '../team/ask.ts';
import type { HttpWorld } from './http-world.ts';

/** Gives the place of the event, which all that comes of the call has for its cause. */
export function logCalled(world: HttpWorld, { agent, model, turn, attempt, key }: Ask, call: string): number {
  return world.log({
    kind: 'model.called',
    call,
    agent,
    version: null,
    model,
    assignment: null,
    turn,
    attempt,
    key,
    contextVersion: null,
    slice: null,
    feedback: null,
    epoch: 1,
  });
}

interface Doubt {
  readonly call: string;
  readonly whose: Attributed;
  readonly asked: Ask;
  readonly cause: number;
}

const promptCharsMax = 80;

/** Nobody can say whose the call is. */
export function logDoubt(world: HttpWorld, { call, whose, asked, cause }: Doubt): void {
  const prompt = systemPrompt(asked.messages).trim().slice(0, promptCharsMax);
  world.log({ kind: 'attribution.doubted', call, fits: whose.fits, prompt }, cause);
}

interface Diverging {
  readonly call: string;
  readonly asked: Ask;
  readonly request: ModelRequest;
  readonly cause: number;
}

/** The team asks for something else than it did when it was recorded. */
export function logDivergence(world: HttpWorld, { call, asked, request, cause }: Diverging): void {
  const what = world.doubles.model.divergence?.(asked, request) ?? null;
  const { agent, turn } = asked;
  if (what !== null) world.log({ kind: 'playback.diverged', call, agent, turn, what }, cause);
}
