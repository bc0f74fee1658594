// A fault: what goes wrong, as one pure function. When, where and how often is the injection's affair, never the fault's.
import type { z } from 'zod';
import type { JsonObject } from '../base/json.ts';
import type { CrossingLayer, CrossingPhase, Crossing } from './crossing.ts';
import type { OutcomeByLayer } from './outcome.ts';

export type FaultFamily =
  | 'delays'
  | 'failures'
  | 'loops'
  | 'handoffs'
  | 'crashes'
  | 'approvals'
  | 'operators'
  | 'credentials'
  | 'gates';

/** One crossing that an injection has had in its scope. */
export interface Seen<L extends CrossingLayer> {
  readonly agent: string;
  readonly elapsedMs: number;
  /** As this injection let it pass, bent or not; null in the `request` phase when the fault let the call go on. */
  readonly outcome: OutcomeByLayer[L] | null;
  readonly fired: boolean;
}

/** What a fault may look at when it bends a crossing. */
export interface Bending<L extends CrossingLayer> {
  readonly crossing: Crossing;
  /** The answer to bend; for the `request` phase, null: the fault answers in the world's place. */
  readonly outcome: OutcomeByLayer[L] | null;
  /** 1-based count of this injection's firings, this one included. */
  readonly firing: number;
  /** A draw in [0, 1) from the stream named by seed, injection, purpose and crossing. */
  readonly draw: (purpose: string) => number;
  /** Agents of the team under test, for faults that need another one. */
  readonly agents: readonly string[];
  /** Earlier crossings in the injection's scope, newest last: for faults that replay or count. */
  readonly seen: readonly Seen<L>[];
}

/**
 * How long a fault stays on once its trigger has let it fire. `crossings` counts the first one; `whose` says whether
 * only the agent that it struck is under the spell, or everyone in scope.
 */
export type Spell =
  | { readonly kind: 'crossings'; readonly count: number; readonly whose: 'agent' | 'everyone' }
  | { readonly kind: 'time'; readonly ms: number; readonly whose: 'agent' | 'everyone' };

/** One kind of fault, named as in the catalogue. `bend` returns null where it changes nothing: that is not a firing. */
export interface Fault<
  L extends CrossingLayer = CrossingLayer,
  P extends z.ZodObject = z.ZodObject,
  K extends string = string,
> {
  readonly kind: K;
  /** The catalogue's own name for the layer, as in `LLM transport`. */
  readonly catalogueLayer: string;
  readonly family: FaultFamily;
  readonly layer: L;
  readonly phase: CrossingPhase;
  readonly summary: string;
  /** `bytes`: it can land only where answers travel over a wire, which the simulator's do not. Absent: anywhere. */
  readonly needs?: 'bytes';
  /** A parameter called `agents` names agents of the team; a plan that names a stranger is refused. */
  readonly parameters: P;
  /** Complete parameter sets, small and nasty, that a generator may choose from. Never empty. */
  readonly examples: readonly (z.output<P> & JsonObject)[];
  /** Absent: the fault bends the one crossing that its trigger chose. */
  spell?(parameters: z.output<P>): Spell;
  bend(bending: Bending<L>, parameters: z.output<P>): OutcomeByLayer[L] | null;
}

/** Returns the fault as it is; it exists to infer the types. */
export function defineFault<const L extends CrossingLayer, P extends z.ZodObject, const K extends string>(
  fault: Fault<L, P, K>,
): Fault<L, P, K> {
  return fault;
}
