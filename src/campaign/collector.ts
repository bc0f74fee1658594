// The collector: takes the trials of one scenario as they end, and makes its record of them.
import { fingerprint } from '../base/fingerprint.ts';
import { AttributionTally } from './attribution-tally.ts';
import { PlaybackTally } from './playback-tally.ts';
import { compactTrace } from './compact-trace.ts';
import { firstDivergence } from './divergence.ts';
import type { FailureRecord, ScenarioRecord, TrialRow, TwinComparison } from './record.ts';
import type { GatePolicy } from './gate-policy.ts';
import type { Plan } from '../chaos/plan.ts';
import { calmPlan } from './regression.ts';
import { shrinkPlan } from './shrink-plan.ts';
import { trialRow, whyFailed } from './trial-row.ts';
import type { TrialRun } from './trial.ts';

export interface ScenarioFacts {
  readonly id: string;
  readonly subject: string;
  readonly tags: readonly string[];
  readonly seed: number;
  readonly gate: GatePolicy;
}

export interface FailedTrial {
  readonly trial: number;
  readonly run: TrialRun;
  readonly complaint: string | null;
}

/** Failures that are shrunk and told in full; the others are counted. */
const toldMax = 3;

export class Collector {
  readonly #facts: ScenarioFacts;
  readonly #rows: TrialRow[] = [];
  readonly #failures: FailureRecord[] = [];
  readonly #told = new Set<string>();
  readonly #attribution = new AttributionTally();
  readonly #playback = new PlaybackTally();
  comparison: TwinComparison | null = null;

  constructor(facts: ScenarioFacts) {
    this.#facts = facts;
  }

  get rows(): readonly TrialRow[] {
    return this.#rows;
  }

  get failures(): readonly FailureRecord[] {
    return this.#failures;
  }

  add({ trial, run, complaint }: FailedTrial): TrialRow {
    const { id, subject } = this.#facts;
    const row = trialRow(run, {
      scenario: id,
      subject,
      trial,
      complaint,
      replay: `muster replay --scenario ${id} --trial ${trial} --seed ${this.#facts.seed}`,
    });
    this.#rows.push(row);
    this.#attribution.add(run.chaos);
    this.#playback.add(run.chaos);
    return row;
  }

  /** True for a failure of a sort that has not been told yet. */
  isNews(row: TrialRow): boolean {
    const sort = `${row.outcome}/${row.brokenInvariants[0] ?? ''}/${row.faults.map((fault) => fault.kind).join()}`;
    if (row.outcome === 'not exposed' || this.#told.size >= toldMax || this.#told.has(sort)) return false;
    this.#told.add(sort);
    return true;
  }

  /**
   * Shrinks a failure and keeps it. `breaks` runs the same trial with another plan, and gives the run back when it fails
   * alike. What is told is the run of the smallest plan.
   */
  async tell(failed: FailedTrial, breaks: (plan: Plan) => Promise<TrialRun | null>): Promise<FailureRecord> {
    const { trial, complaint } = failed;
    let { run } = failed;
    const { id: scenario, subject } = this.#facts;
    const plan = run.plan ?? calmPlan;
    const shrunk = await shrinkPlan(plan, async (smaller) => {
      const again = await breaks(smaller);
      run = again ?? run;
      return again !== null;
    });
    const id = `${scenario.replaceAll(/[^A-Za-z0-9._-]+/g, '-')}-${fingerprint([run.seed, shrunk.plan]).slice(0, 8)}`;
    const failure: FailureRecord = {
      id,
      scenario,
      subject,
      trial,
      seed: run.seed,
      outcome: run.judgement.outcome,
      why: whyFailed(run, complaint),
      brokenInvariants: run.verdicts
        .filter(({ kind }) => kind === 'broken')
        .map(({ invariant }) => invariant),
      plan,
      shrunk: shrunk.plan,
      shrinkSteps: shrunk.steps,
      divergence: firstDivergence(run.chaos, run.control),
      replay: `muster replay ${id}`,
      events: compactTrace(run.chaos),
    };
    this.#failures.push(failure);
    return failure;
  }

  record(): ScenarioRecord {
    return {
      ...this.#facts,
      rows: this.#rows,
      failures: this.#failures,
      comparison: this.comparison,
      attribution: this.#attribution.record(),
      playback: this.#playback.record(),
    };
  }
}
