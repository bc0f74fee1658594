// Controls: fault-free runs, kept for a while, because a control at one seed serves every plan at that seed.
import { andThen, type NowOrLater } from '../base/now-or-later.ts';
import type { Subject } from '../engine/run.ts';
import type { Mission } from '../team/mission.ts';
import type { Trace } from '../trace/trace.ts';

export interface ControlPlace {
  readonly subject: Subject;
  readonly mission: Mission;
  readonly seed: number;
  readonly horizonMs: number;
}

/** Few are kept: trials at one seed follow each other, as in shrinking or when plans are compared. */
const keptMax = 4;

export class Controls {
  readonly #kept: { readonly place: ControlPlace; readonly trace: Trace }[] = [];

  /** The control of this place, run now or before. */
  of(place: ControlPlace): NowOrLater<Trace> {
    const known = this.#kept.find((control) => samePlace(control.place, place));
    if (known !== undefined) return known.trace;
    const { subject, mission, seed, horizonMs } = place;
    const trace = subject.run({ mission, seed, horizonMs, chaos: null, schedule: null, role: 'control' });
    return andThen(trace, (ended) => this.#keep(place, ended));
  }

  #keep(place: ControlPlace, trace: Trace): Trace {
    this.#kept.push({ place, trace });
    if (this.#kept.length > keptMax) this.#kept.shift();
    return trace;
  }
}

function samePlace(one: ControlPlace, other: ControlPlace): boolean {
  return (
    one.seed === other.seed &&
    one.subject === other.subject &&
    one.mission === other.mission &&
    one.horizonMs === other.horizonMs
  );
}
