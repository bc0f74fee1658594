// The order of the steps of one run: by tree, then start, then source; each told once, wrappers of model calls left out.
import type { Step } from '../step.ts';

export interface PlacedStep {
  readonly step: Step;
  /** Its own agent, or that of the nearest step above that names one; null where none does. */
  readonly agent: string | null;
}

type NoteSkip = (what: string, why: string) => void;

interface Knot {
  readonly step: Step;
  readonly startMs: number;
  /** Null where there is none below it, as with most. */
  inner: Knot[] | null;
  agent: string | null;
  placed: boolean;
}

/** Steps without ids and times keep the order of the source. Linear, but for the sorting of siblings. */
export function orderSteps(steps: readonly Step[], skip: NoteSkip): readonly PlacedStep[] {
  const { knots, roots } = tree(steps, skip);
  const placed: Knot[] = [];
  for (const root of byStart(roots)) place(root, placed);
  // Those that are above themselves hang on no root: they keep the order of the source.
  for (const knot of knots) place(knot, placed);
  return placed.filter((knot) => !isWrapper(knot, skip));
}

function tree(steps: readonly Step[], skip: NoteSkip): { readonly knots: Knot[]; readonly roots: Knot[] } {
  const byId = new Map<string, Knot>();
  const knots: Knot[] = [];
  let startMs = -Infinity;
  for (const step of steps) {
    if (step.id !== null && byId.has(step.id)) {
      skip(`${step.kind} step`, 'it is told more than once');
      continue;
    }
    startMs = step.startMs ?? startMs;
    const knot: Knot = { step, startMs, inner: null, agent: step.agent, placed: false };
    knots.push(knot);
    if (step.id !== null) byId.set(step.id, knot);
  }
  const roots: Knot[] = [];
  for (const knot of knots) {
    const outer = knot.step.parent === null ? undefined : byId.get(knot.step.parent);
    if (outer === undefined) roots.push(knot);
    else if (outer.inner === null) outer.inner = [knot];
    else outer.inner.push(knot);
  }
  return { knots, roots };
}

function byStart(knots: Knot[]): readonly Knot[] {
  if (knots.length < 2) return knots;
  return knots.sort((one, other) =>
    one.startMs === other.startMs ? 0 : one.startMs < other.startMs ? -1 : 1,
  );
}

/** Appends a knot and all below it, outermost first. */
function place(top: Knot, placed: Knot[]): void {
  const waiting = [top];
  for (let knot = waiting.pop(); knot !== undefined; knot = waiting.pop()) {
    if (knot.placed) continue;
    knot.placed = true;
    placed.push(knot);
    if (knot.inner === null) continue;
    const inner = byStart(knot.inner);
    for (let index = inner.length - 1; index >= 0; index -= 1) {
      const one = inner[index];
      if (one === undefined) continue;
      one.agent ??= knot.agent;
      waiting.push(one);
    }
  }
}

/** A model span with another one below it, with nothing but plumbing in between. */
function isWrapper(knot: Knot, skip: NoteSkip): boolean {
  if (knot.step.kind !== 'model' || knot.inner === null || !reachesModel(knot)) return false;
  skip('model span', 'it wraps another one, and that one is the call');
  return true;
}

function reachesModel(knot: Knot): boolean {
  const waiting = [...(knot.inner ?? [])];
  const seen = new Set<Knot>([knot]);
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    if (one.step.kind === 'model') return true;
    if (one.step.kind === 'agent' && one.step.agent === null) waiting.push(...(one.inner ?? []));
  }
  return false;
}
