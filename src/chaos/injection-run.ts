// One injection in one run: what it has counted, whether its trigger or an open spell lets it fire, and its bending.
import type { Crossing, CrossingLayer } from './crossing.ts';
import type { Bending, Fault, Seen, Spell } from './fault.ts';
import type { OutcomeByLayer } from './outcome.ts';
import { isSameOutcome } from './same-outcome.ts';
import type { CompiledTrigger } from './trigger.ts';

type AnyOutcome = OutcomeByLayer[CrossingLayer];

/** What is fixed for an injection when a run starts. */
export interface InjectionParts {
  readonly index: number;
  readonly fault: Fault;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly inScope: ((crossing: Crossing) => boolean) | null;
  readonly trigger: CompiledTrigger;
  readonly agents: readonly string[];
  readonly draw: (purpose: string, ordinal: number) => number;
}

export interface InjectionRun {
  readonly index: number;
  readonly fault: Fault;
  /** True when the crossing is this injection's business at all. */
  covers(crossing: Crossing): boolean;
  /** Counts the crossing; true when the fault is to be tried. To be called once for each covered crossing. */
  step(crossing: Crossing): boolean;
  /** The bent outcome, or null when the fault left things as they were. Only after a `step` that was true. */
  bend(crossing: Crossing, outcome: AnyOutcome | null): AnyOutcome | null;
  /** Keeps what this injection let pass, for faults that replay or count. */
  remember(seen: Seen<CrossingLayer>): void;
}

/** A spell that is on: so many more crossings, or until a time. */
interface OpenSpell {
  crossingsLeft: number;
  readonly untilMs: number;
}

/** Crossings that are remembered: more than any trial has, and few enough for a gateway that runs for days. */
const seenMax = 4_096;

export function startInjection(parts: InjectionParts): InjectionRun {
  const { index, fault, parameters, inScope, trigger, agents } = parts;
  const spell = fault.spell?.(parameters) ?? null;
  const open = new Map<string, OpenSpell>();
  const seen: Seen<CrossingLayer>[] = [];
  let count = 0;
  let firings = 0;
  let underSpell: OpenSpell | null = null;

  const fired = (crossing: Crossing): void => {
    firings += 1;
    if (underSpell !== null) {
      underSpell.crossingsLeft -= 1;
      return;
    }
    trigger.fired();
    if (spell !== null) open.set(bearer(spell, crossing), cast(spell, crossing));
  };

  return {
    index,
    fault,
    covers: (crossing) => inScope === null || inScope(crossing),
    step: (crossing) => {
      count += 1;
      const triggered = trigger.step(crossing);
      underSpell = spell === null ? null : activeSpell(open.get(bearer(spell, crossing)), crossing);
      return triggered || underSpell !== null;
    },
    bend: (crossing, outcome) => {
      const ordinal = count;
      const bending: Bending<CrossingLayer> = {
        crossing,
        outcome,
        firing: firings + 1,
        draw: (purpose) => parts.draw(purpose, ordinal),
        agents,
        seen,
      };
      const bent = fault.bend(bending, parameters);
      if (bent === null || isSameOutcome(bent, outcome)) return null;
      fired(crossing);
      return bent;
    },
    remember: (one) => {
      seen.push(one);
      if (seen.length > seenMax) seen.splice(0, seenMax / 2);
    },
  };
}

/** Under whose name a spell is kept; no agent's name is empty. */
function bearer(spell: Spell, crossing: Crossing): string {
  return spell.whose === 'agent' ? crossing.agent : '';
}

function cast(spell: Spell, crossing: Crossing): OpenSpell {
  return spell.kind === 'crossings'
    ? { crossingsLeft: spell.count - 1, untilMs: Infinity }
    : { crossingsLeft: Infinity, untilMs: crossing.elapsedMs + spell.ms };
}

function activeSpell(spell: OpenSpell | undefined, crossing: Crossing): OpenSpell | null {
  if (spell === undefined) return null;
  return spell.crossingsLeft > 0 && crossing.elapsedMs < spell.untilMs ? spell : null;
}
