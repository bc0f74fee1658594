// Controls: fault-free runs, kept for a while, because a control at one seed serves every plan at that seed.
import { canonicalJson } from '../base/canonical.ts';
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

/** A run that others are held against. */
export interface Control {
  readonly place: ControlPlace;
  readonly trace: Trace;
  /** Canonical JSON of the trace's essence. */
  readonly essence: string;
}

/** What of a run must equal its control, as canonical JSON. */
export function essenceOf(subject: Subject, trace: Trace): string {
  return canonicalJson(subject.essence(trace));
}

/** Few are kept: trials at one seed follow each other, as in shrinking or when plans are compared. */
const keptMax = 4;

export class Controls {
  readonly #kept: Control[] = [];

  /** The control of this place, run now or before. */
  of(place: ControlPlace): NowOrLater<Control> {
    const known = this.#kept.find((control) => samePlace(control.place, place));
    if (known !== undefined) return known;
    const { subject, mission, seed, horizonMs } = place;
    const trace = subject.run({ mission, seed, horizonMs, chaos: null, schedule: null, role: 'control' });
    return andThen(trace, (ended) => this.#keep(place, ended));
  }

  #keep(place: ControlPlace, trace: Trace): Control {
    const control = { place, trace, essence: essenceOf(place.subject, trace) };
    this.#kept.push(control);
    if (this.#kept.length > keptMax) this.#kept.shift();
    return control;
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
