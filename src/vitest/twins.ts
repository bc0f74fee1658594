// Twins: the same faults on a team without a steward and on its stewarded twin, side by side.
import type { Plan } from '../chaos/plan.ts';
import type { OutcomeCounts, TwinComparison, TwinTally } from '../campaign/record.ts';
import { runTrial, type TrialRun } from '../campaign/trial.ts';
import type { Outcome } from '../check/outcome.ts';
import type { Subject } from '../engine/run.ts';
import type { Mission } from '../team/mission.ts';
import type { Trace } from '../trace/trace.ts';
import { noFailure } from '../campaign/gate-policy.ts';
import { measureTokens } from '../measure/tokens.ts';
import { scenario } from './scenario.ts';

export interface TwinCase {
  /** What goes wrong, in words. */
  readonly name: string;
  readonly family: string;
  /** Null: the models' own answers bring it about. */
  readonly plan: Plan | null;
  /** True when the naive team shows what it is known for; a case that it passes compares nothing. */
  readonly naive: (chaos: Trace, control: Trace) => boolean;
  readonly steward: 'done' | 'escalated';
}

export interface TwinOptions {
  readonly naive: Subject;
  readonly stewarded: Subject;
  readonly mission: Mission;
  readonly cases: readonly TwinCase[];
  readonly tags?: readonly string[];
  readonly trialsPerCase?: number;
  /** Virtual time after which the naive team counts as hung; three hours when left out, because such teams poll. */
  readonly horizonMs?: number;
}

/**
 * Declares a comparison as one scenario: in every trial the stewarded team must hold, and the naive one must be caught.
 * The gate counts the stewarded team's trials.
 */
export function twins(id: string, options: TwinOptions): void {
  const { naive, stewarded, mission, cases } = options;
  const tallies = new Map<string, Tallying>();
  const comparison = (): TwinComparison => ({
    naive: naive.name,
    stewarded: stewarded.name,
    rows: cases.flatMap(({ name, family }) => {
      const tally = tallies.get(name);
      return tally === undefined
        ? []
        : [{ family: `${family}: ${name}`, naive: tally.naive, stewarded: tally.stewarded }];
    }),
  });
  const trials = cases.length * (options.trialsPerCase ?? 3);
  const facts = { subject: stewarded, tags: options.tags ?? [], gate: noFailure, trials, comparison };
  scenario(id, facts, async ({ team, trials: loop }) => {
    await loop(async (trial) => {
      const twin = cases[trial % cases.length] as TwinCase;
      const run = await team.run(mission, twin.plan === null ? {} : { chaos: twin.plan });
      const bare = await runTrial({
        subject: naive,
        mission,
        seed: run.seed,
        plan: twin.plan,
        horizonMs: options.horizonMs ?? 3 * 3_600_000,
      });
      const tally = tallies.get(twin.name) ?? { naive: noTally, stewarded: noTally };
      tallies.set(twin.name, {
        naive: counted(tally.naive, bare, 'caught: '),
        stewarded: counted(tally.stewarded, run, ''),
      });
      if (!twin.naive(bare.chaos, bare.control))
        throw new Error(`the naive team got away with it: ${twin.name}`);
      if (!wanted(twin.steward).includes(run.judgement.outcome))
        throw new Error(`the stewarded team ended ${run.judgement.outcome}: ${run.judgement.reason}`);
    });
  });
}

interface Tallying {
  readonly naive: TwinTally;
  readonly stewarded: TwinTally;
}

const noTally: TwinTally = { outcomes: {}, passed: 0, why: null, replay: null };

function counted(tally: TwinTally, run: TrialRun, mark: string): TwinTally {
  const { outcome } = run.judgement;
  const outcomes: OutcomeCounts = { ...tally.outcomes, [outcome]: (tally.outcomes[outcome] ?? 0) + 1 };
  const passed = tally.passed + (run.passed ? 1 : 0);
  return { outcomes, passed, why: tally.why ?? mark + remark(run), replay: null };
}

/** What went wrong, or what it cost: tokens and tool calls (beyond the control's, where there is one) of the first trial. */
function remark(run: TrialRun): string {
  if (!run.passed) return run.judgement.reason;
  if (run.plan === null)
    return `${measureTokens(run.chaos, null).total} tokens, ${toolCalls(run.chaos)} tool calls`;
  const { extra } = measureTokens(run.chaos, run.control);
  return `${signed(extra)} tokens, ${signed(toolCalls(run.chaos) - toolCalls(run.control))} tool calls`;
}

function toolCalls(trace: Trace): number {
  return trace.events.filter((event) => event.kind === 'tool.called').length;
}

function signed(count: number): string {
  return count < 0 ? String(count) : `+${count}`;
}

function wanted(end: TwinCase['steward']): readonly Outcome[] {
  return end === 'done' ? ['recovered', 'absorbed'] : ['escalated'];
}
