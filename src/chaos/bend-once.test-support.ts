// One bending of one fault, for the tests of single faults.
import { drawAt } from '../base/random.ts';
import type { Crossing, CrossingLayer } from './crossing.ts';
import { crossingOf } from './crossing.test-support.ts';
import { faultFor } from './fault-reading.ts';
import type { Seen } from './fault.ts';
import type { OutcomeByLayer } from './outcome.ts';

type AnyOutcome = OutcomeByLayer[CrossingLayer];

/** What a fault is shown; whatever a test leaves out is everyday. */
export interface Shown {
  readonly outcome?: AnyOutcome;
  readonly crossing?: Partial<Omit<Crossing, 'layer'>>;
  readonly agents?: readonly string[];
  readonly seen?: readonly Seen<CrossingLayer>[];
  readonly firing?: number;
  readonly seed?: number;
  /** Hears of every draw. */
  readonly onDraw?: (purpose: string) => void;
}

/** What the fault makes of it; null when it changes nothing. Parameters are read as a plan's are. */
export function bendOnce(
  kind: string,
  parameters: Readonly<Record<string, unknown>>,
  shown: Shown = {},
): AnyOutcome | null {
  const read = faultFor({ fault: { ...parameters, kind } }, 'test');
  const { layer, phase } = read.fault;
  const bending = {
    crossing: crossingOf(layer, { phase, ...shown.crossing }),
    outcome: shown.outcome ?? null,
    firing: shown.firing ?? 1,
    draw: (purpose: string) => {
      shown.onDraw?.(purpose);
      return drawAt(shown.seed ?? 7, kind, purpose, 1);
    },
    agents: shown.agents ?? ['writer', 'closer', 'checker'],
    seen: shown.seen ?? [],
  };
  return read.fault.bend(bending, read.parameters);
}

/** One earlier crossing of the writer's, with the outcome that came of it. */
export function seenBefore(
  outcome: AnyOutcome | null,
  more: Partial<Seen<CrossingLayer>> = {},
): Seen<CrossingLayer> {
  return { agent: 'writer', elapsedMs: 0, fired: false, outcome, ...more };
}
