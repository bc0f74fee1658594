// Touching the world once: the injector's protocol, the same for every edge.
import type { Clock } from '../base/clock.ts';
import { andThen, type NowOrLater } from '../base/now-or-later.ts';
import { arrivalMs } from '../chaos/arrival.ts';
import type { CrossingLayer } from '../chaos/crossing.ts';
import type { Firing, Injector } from '../chaos/injector.ts';
import type { OutcomeByLayer } from '../chaos/outcome.ts';
import type { CrossingCounter, CrossingParts } from './world/crossing-counter.ts';

/** What an edge brings to a crossing: the run's injector, its count of crossings, and its clock. */
export interface Edge {
  readonly injector: Injector;
  readonly crossings: CrossingCounter;
  readonly clock: Clock;
}

export interface Bend<L extends CrossingLayer> {
  readonly outcome: OutcomeByLayer[L];
  readonly firings: readonly Firing[];
  /** When the unbent answer would have come; null when it never would, or when a fault answered in the world's place. */
  readonly unbentMs: number | null;
}

/** A fault may answer in the world's place, and may bend what was answered. */
export function touch<L extends CrossingLayer>(
  { injector, crossings, clock }: Edge,
  parts: CrossingParts<L>,
  real: () => NowOrLater<OutcomeByLayer[L]>,
): NowOrLater<Bend<L>> {
  const before = injector.touches(parts.layer, 'request')
    ? injector.before(crossings.next<L>(parts, 'request', clock.now()))
    : null;
  const reached: NowOrLater<OutcomeByLayer[L]> = before === null ? real() : before.outcome;
  return andThen(reached, (unbent: OutcomeByLayer[L]): Bend<L> => {
    const unbentMs = before === null ? arrivalMs(unbent) : null;
    if (!injector.touches(parts.layer, 'reply'))
      return { outcome: unbent, firings: before?.firings ?? [], unbentMs };
    const { outcome, firings } = injector.after(crossings.next<L>(parts, 'reply', clock.now()), unbent);
    return { outcome, firings: before === null ? firings : [...before.firings, ...firings], unbentMs };
  });
}
