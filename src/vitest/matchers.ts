// Matchers for runs: `toRecover`, `toStayWithinBudget`, `toLoop`, `toHold`.
import { expect } from 'vitest';
import type { TrialRun } from '../campaign/trial.ts';
import type { Invariant } from '../check/invariant.ts';
import { checkTrace } from '../check/invariants.ts';
import { faultyLoops } from '../check/loops.ts';
import { measureRecovery } from '../measure/recovery.ts';
import { durationMs } from './duration.ts';

/** `within` is a duration such as `30s`, in virtual time that chaos did not put in. */
export interface RecoveryBounds {
  readonly within?: string;
  readonly extraCalls?: number;
  readonly extraTokens?: number;
}

interface Said {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Makes the matchers known to vitest's `expect`; the suites' setup calls it once. */
export function extendExpect(): void {
  expect.extend({
    toRecover: (run: TrialRun, bounds: RecoveryBounds = {}) => recovers(run, bounds),
    toStayWithinBudget: (run: TrialRun) => staysWithinBudget(run),
    toLoop: (run: TrialRun) => loops(run),
    toHold: (run: TrialRun, invariants: readonly Invariant[]) => holds(run, invariants),
  });
}

declare module 'vitest' {
  interface Matchers {
    /** The team came back from the first fault it felt, within the bounds; nothing felt counts as recovered. */
    toRecover(bounds?: RecoveryBounds): void;
    /** No budget was breached. */
    toStayWithinBudget(): void;
    /** An agent, or a pair of agents, went round and round. */
    toLoop(): void;
    /** None of the invariants is broken. */
    toHold(invariants: readonly Invariant[]): void;
  }
}

function recovers(run: TrialRun, bounds: RecoveryBounds): Said {
  const figures = measureRecovery({ chaos: run.chaos, control: run.control, outcome: run.judgement.outcome });
  if (figures === null) return said([]);
  const over = (name: string, value: number, max: number | undefined): readonly string[] =>
    max !== undefined && value > max ? [`${name} ${value}, and ${max} were allowed`] : [];
  return said([
    ...(figures.censored ? [`it did not recover: ${run.judgement.outcome}, ${run.judgement.reason}`] : []),
    ...over('virtual ms', figures.ms, bounds.within === undefined ? undefined : durationMs(bounds.within)),
    ...over('extra calls', figures.extraCalls, bounds.extraCalls),
    ...over('extra tokens', figures.extraTokens, bounds.extraTokens),
  ]);
}

function staysWithinBudget(run: TrialRun): Said {
  const breach = run.chaos.events.find((event) => event.kind === 'budget.breached');
  return said(
    breach?.kind === 'budget.breached'
      ? [`the budget of ${breach.agent} was breached at event ${breach.seq}`]
      : [],
  );
}

function loops(run: TrialRun): Said {
  const found = faultyLoops(run.chaos);
  const told = found.map(
    (loop) =>
      `${loop.kind} of ${loop.agents.join(', ')} from event ${loop.firstSeq}, ${loop.repetitions} times`,
  );
  return {
    pass: found.length > 0,
    message: () =>
      found.length > 0 ? `expected no loop: ${told.join('; ')}` : 'expected a loop, and there was none',
  };
}

function holds(run: TrialRun, invariants: readonly Invariant[]): Said {
  const verdicts = checkTrace(run.chaos, invariants);
  return said(
    verdicts.flatMap((verdict) =>
      verdict.kind === 'broken' ? [`${verdict.invariant}: ${verdict.sentence}`] : [],
    ),
  );
}

function said(objections: readonly string[]): Said {
  return {
    pass: objections.length === 0,
    message: () =>
      objections.length === 0 ? 'expected the run not to hold, and it does' : objections.join('; '),
  };
}
