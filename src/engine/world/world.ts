// The simulated world of one run: its doubles, what its tools did, and the one way through which chaos touches it.
import type { Clock } from '../../base/clock.ts';
import type { Json } from '../../base/json.ts';
import { andThen, type NowOrLater } from '../../base/now-or-later.ts';
import { drawAt } from '../../base/random.ts';
import { arrivalMs } from '../../chaos/arrival.ts';
import type { CrossingLayer } from '../../chaos/crossing.ts';
import type { Firing, Injector } from '../../chaos/injector.ts';
import type { OutcomeByLayer } from '../../chaos/outcome.ts';
import type { Doubles } from '../../llm/double.ts';
import type { AnswerEvent } from '../../steward/event.ts';
import type { PromptTexts } from '../../team/prompt.ts';
import type { Team } from '../../team/team.ts';
import type { CrossingCounter, CrossingParts } from './crossing-counter.ts';
import type { Recorder } from '../recorder.ts';
import { touch, type Bend } from '../touch.ts';

export interface WorldParts {
  readonly team: Team;
  readonly doubles: Doubles;
  readonly seed: number;
  readonly injector: Injector;
  readonly crossings: CrossingCounter;
  readonly clock: Clock;
  readonly recorder: Recorder;
}

/** It outlives the steward's process: a crash loses what was under way, never what was done. */
export interface World extends WorldParts {
  /** What the systems behind the tools remember. */
  readonly store: Map<string, Json>;
  /** Results by idempotency key: what took effect. */
  readonly ledger: Map<string, Json>;
  readonly texts: PromptTexts;
}

export type LateEvent = { readonly afterMs: number; readonly event: AnswerEvent };

/** What a command brings about: events, each after so many milliseconds, and the moments at which faults are felt. */
export interface Performed {
  readonly events: readonly LateEvent[];
  readonly felt: readonly { readonly afterMs: number; readonly witness: () => void }[];
}

export interface Crossed<L extends CrossingLayer> {
  readonly outcome: OutcomeByLayer[L];
  readonly felt: Performed['felt'];
}

/** A call that never ends is felt when an answer would have come; where nobody knows when, after this time. */
const usualAnswerMs = 1_000;

const nothingFelt: Performed['felt'] = [];

/** Touches the world once: a fault may answer in its place, and may bend what it answered. */
export function cross<L extends CrossingLayer>(
  world: World,
  parts: CrossingParts<L>,
  real: () => NowOrLater<OutcomeByLayer[L]>,
): NowOrLater<Crossed<L>> {
  const { injector } = world;
  if (!injector.touches(parts.layer)) return andThen(real(), (outcome) => ({ outcome, felt: nothingFelt }));
  return andThen(touch(world, parts, real), ({ outcome, firings, unbentMs }: Bend<L>): Crossed<L> => {
    const afterMs = earliest(unbentMs, arrivalMs(outcome));
    return { outcome, felt: feltAt(injector, firings, afterMs) };
  });
}

/** How long a thing takes when nothing is wrong: the same for the same key and seed. */
export function paceMs(
  { doubles, seed }: Pick<World, 'doubles' | 'seed'>,
  kind: keyof Doubles['pace'],
  key: string,
): number {
  const [min, max] = doubles.pace[kind];
  if (min === max) return min;
  return min + Math.floor(drawAt(seed, 'pace', kind, key) * (max - min + 1));
}

function feltAt(injector: Injector, firings: readonly Firing[], afterMs: number): Performed['felt'] {
  if (firings.length === 0) return nothingFelt;
  return firings.map((firing) => ({ afterMs, witness: () => injector.witness(firing) }));
}

function earliest(usualMs: number | null, bentMs: number | null): number {
  if (usualMs === null) return bentMs ?? usualAnswerMs;
  return bentMs === null ? usualMs : Math.min(usualMs, bentMs);
}
