// The runner of a scenario: its regressions, its trials, and what is made of those that fail.
import fc from 'fast-check';
import type { TestContext } from 'vitest';
import { MusterError } from '../base/muster-error.ts';
import type { Plan } from '../chaos/plan.ts';
import { Collector } from '../campaign/collector.ts';
import { Controls } from '../campaign/controls.ts';
import { compactTrace } from '../campaign/compact-trace.ts';
import { atLeast } from '../campaign/gate-policy.ts';
import { countTrials, decideGate } from '../campaign/gate.ts';
import { trialsOf } from '../campaign/profile.ts';
import type { Regression } from '../campaign/regression.ts';
import { keepRegression, readRegression, readRegressions } from '../campaign/regression-files.ts';
import { requireInjections, runTrial, trialSeed, type TrialRun } from '../campaign/trial.ts';
import { traceHash } from '../campaign/trace-hash.ts';
import { whyFailed } from '../campaign/trial-row.ts';
import type { Outcome } from '../check/outcome.ts';
import type { Mission } from '../team/mission.ts';
import { nothingTried, oneLoopOnly, oneRunOnly } from './scenario-mistake.ts';
import type { ScenarioOptions, ScenarioTools } from './scenario-options.ts';
import type { MusterSettings, ReplayedTrial } from './settings.ts';

type TrialBody = (trial: number) => Promise<unknown>;
/** Looks for the smallest value that fails with the same outcome as the trial. */
type Shrink = (trial: number, wanted: Outcome) => Promise<void>;

/** One scenario, once. */
export class ScenarioRunner {
  readonly #id: string;
  readonly #options: ScenarioOptions;
  readonly #settings: MusterSettings;
  readonly #collector: Collector;
  readonly #controls = new Controls();
  #seed = 0;
  /** Takes the place of the plan that the body asks for: a regression, a replay, a smaller plan. */
  #instead: Plan | null = null;
  #run: TrialRun | null = null;
  #looped = false;
  #replayed: ReplayedTrial | null = null;

  constructor(id: string, options: ScenarioOptions, settings: MusterSettings) {
    this.#id = id;
    this.#options = options;
    this.#settings = settings;
    this.#collector = new Collector({
      id,
      subject: options.subject.name,
      tags: options.tags ?? [],
      seed: settings.seed,
      gate: options.gate ?? atLeast(0.95),
    });
  }

  tools(): ScenarioTools {
    return {
      team: { run: async (mission, how) => this.#runTeam(mission, how ?? {}) },
      trials: async (body) => this.#loop((trial) => body(trial), null),
      forAll: async (values, body) => this.#forAll(values, body),
    };
  }

  async finish(context: TestContext): Promise<void> {
    if (!this.#looped) throw nothingTried(this.#id);
    if (this.#replayed !== null) {
      context.task.meta.replayed = this.#replayed;
      return;
    }
    this.#collector.comparison = this.#options.comparison?.() ?? null;
    const record = this.#collector.record();
    context.task.meta.muster = record;
    const decision = decideGate(record.gate, countTrials(record.rows));
    const still = record.failures.find((failure) => failure.trial < 0);
    if (still !== undefined) throw new Error(`a regression is back: ${still.why}\n  replay: ${still.replay}`);
    if (decision.verdict === 'pass') return;
    if (decision.verdict === 'inconclusive' && this.#settings.profile === 'dev') return;
    const first = record.failures[0];
    const example =
      first === undefined ? '' : `\n  first: ${first.outcome}, ${first.why}\n  replay: ${first.replay}`;
    throw new Error(`${this.#id}: ${decision.verdict}: ${decision.reason}${example}`);
  }

  async #runTeam(
    mission: Mission,
    how: { readonly chaos?: Plan; readonly schedule?: number },
  ): Promise<TrialRun> {
    if (this.#run !== null) throw oneRunOnly(this.#id);
    const asked = how.chaos === undefined ? null : requireInjections(how.chaos, this.#id);
    const { subject, accept } = this.#options;
    this.#run = await runTrial({
      subject,
      mission,
      seed: this.#seed,
      plan: this.#instead ?? asked,
      schedule: how.schedule ?? null,
      controls: this.#controls,
      ...(accept === undefined ? {} : { accept }),
    });
    return this.#run;
  }

  async #loop(body: TrialBody, shrink: Shrink | null): Promise<void> {
    if (this.#looped) throw oneLoopOnly(this.#id);
    this.#looped = true;
    if (this.#settings.replay !== null) return this.#replay(body);
    await this.#runRegressions(body);
    const trials = this.#settings.trials ?? this.#options.trials ?? trialsOf(this.#settings.profile);
    for (let trial = 0; !this.#isEnough(trial, trials); trial += 1) {
      this.#instead = null;
      this.#seed = trialSeed(this.#settings.seed, this.#id, trial);
      const { run, complaint } = await this.#attempt(body, trial);
      const row = this.#collector.add({ trial, run, complaint });
      if (row.passed || !this.#collector.isNews(row)) continue;
      if (shrink !== null) await shrink(trial, run.judgement.outcome);
      await this.#tell({ trial, run, complaint }, body);
    }
  }

  /** A trial whose fault never landed says nothing, so another is run in its place, up to twice as many. */
  #isEnough(tried: number, wanted: number): boolean {
    const { exposed, errors } = countTrials(this.#collector.rows);
    return exposed + errors >= wanted || tried >= 2 * wanted;
  }

  /** fast-check draws the values; the one that failed is drawn again by its path, and shrunk with its seed held still. */
  async #forAll<T>(
    values: fc.Arbitrary<T>,
    body: (value: T, trial: number) => Promise<unknown>,
  ): Promise<void> {
    const { seed } = this.#settings;
    const count = this.#settings.trials ?? this.#options.trials ?? trialsOf(this.#settings.profile);
    const drawn = fc.sample(values, { seed, numRuns: Math.max(1, 2 * count, this.#replayedTrial() + 1) });
    let smallest: T | undefined;
    const shrink: Shrink = async (trial, wanted) => {
      const held = this.#seed;
      const property = fc.asyncProperty(values, async (value) => {
        this.#seed = held;
        return (await this.#failsAlike(async () => body(value, trial), { trial, wanted })) === null;
      });
      const details = await fc.check(property, {
        seed,
        path: String(trial),
        numRuns: 1,
        endOnFailure: false,
      });
      smallest = details.counterexample?.[0] ?? drawn[trial];
      this.#seed = held;
      await this.#attempt(async () => body(smallest as T, trial), trial);
    };
    await this.#loop(async (trial) => body(drawn[trial] ?? (drawn[0] as T), trial), shrink);
  }

  /** One try of the body. What an assertion says is the trial's complaint; the user's own mistakes end the scenario. */
  async #attempt(
    body: TrialBody,
    trial: number,
  ): Promise<{ readonly run: TrialRun; readonly complaint: string | null }> {
    this.#run = null;
    let complaint: string | null = null;
    try {
      await body(trial);
    } catch (error) {
      if (error instanceof MusterError) throw error;
      complaint = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    }
    const run = this.#run as TrialRun | null;
    if (run === null) throw complaint === null ? nothingTried(this.#id) : new Error(complaint);
    return { run, complaint };
  }

  /** A smaller trial must fail with the same outcome: one whose fault never landed, or that cannot run, is another story. */
  async #failsAlike(
    body: TrialBody,
    { trial, wanted }: { readonly trial: number; readonly wanted: Outcome },
  ): Promise<TrialRun | null> {
    try {
      const { run, complaint } = await this.#attempt(body, trial);
      return run.judgement.outcome === wanted && (!run.passed || complaint !== null) ? run : null;
    } catch {
      // What a shrunk value cannot even start is the shrinker's doing, not the user's mistake.
      return null;
    }
  }

  async #runRegressions(body: TrialBody): Promise<void> {
    if (this.#options.regressions === 'forget') return;
    for (const regression of readRegressions(this.#settings.root, this.#id)) {
      this.#instead = chaosOf(regression);
      this.#seed = regression.seed;
      const { run, complaint } = await this.#attempt(body, 0);
      if (run.passed && complaint === null) continue;
      await this.#collector.tell({ trial: -1, run, complaint }, async () => null);
    }
  }

  async #tell(
    failed: { readonly trial: number; readonly run: TrialRun; readonly complaint: string | null },
    body: TrialBody,
  ): Promise<void> {
    const first = this.#run ?? failed.run;
    const wanted = failed.run.judgement.outcome;
    const failure = await this.#collector.tell(
      { ...failed, run: { ...failed.run, plan: first.plan } },
      async (plan) => {
        this.#instead = plan;
        return this.#failsAlike(body, { trial: failed.trial, wanted });
      },
    );
    this.#instead = null;
    if (this.#options.regressions === 'forget') return;
    const { id, scenario: name, seed, shrunk, outcome, why } = failure;
    keepRegression(this.#settings.root, {
      schemaVersion: 1,
      id,
      scenario: name,
      seed,
      plan: shrunk,
      outcome,
      why,
    });
  }

  #replayedTrial(): number {
    const from = this.#settings.replay?.from;
    return from?.kind === 'trial' ? from.trial : 0;
  }

  /** Runs the trial twice: two different traces mean that the team, or its doubles, are not deterministic. */
  async #replay(body: TrialBody): Promise<void> {
    const { replay, root, seed } = this.#settings;
    if (replay === null) return;
    const trial = this.#replayedTrial();
    this.#seed = trialSeed(seed, this.#id, trial);
    if (replay.from.kind === 'file') {
      const kept = readRegression(root, replay.from.path);
      this.#seed = kept.seed;
      this.#instead = chaosOf(kept);
    }
    const { run, complaint } = await this.#attempt(body, trial);
    const again = await this.#attempt(body, trial);
    const passed = run.passed && complaint === null;
    this.#replayed = {
      scenario: this.#id,
      seed: this.#seed,
      passed,
      outcome: run.judgement.outcome,
      why: passed ? null : whyFailed(run, complaint),
      traceHashes: [traceHash(run.chaos), traceHash(again.run.chaos)],
      events: compactTrace(run.chaos),
    };
  }
}

/** A run without chaos that failed is kept with a plan that injects nothing. */
function chaosOf({ plan }: Regression): Plan | null {
  return plan.injections.length === 0 ? null : plan;
}
