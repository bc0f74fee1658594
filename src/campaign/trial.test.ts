// Trials: a broken subject is a silent failure, a fault that never lands proves nothing, and the rows say so.
import { describe, expect, it } from 'vitest';
import { exampleDoubles, exampleMission, exampleTeam } from '../engine/example-team.test-support.ts';
import { inject, plan } from '../chaos/plan-builder.ts';
import { stewardTeam } from '../subject/steward-team.ts';
import type { Plan } from '../chaos/plan.ts';
import { Collector } from './collector.ts';
import { firstDivergence } from './divergence.ts';
import { atLeast } from './gate-policy.ts';
import { firstCrossing, planOf, toyMission, toySubject } from './toy-subject.test-support.ts';
import { requireInjections, runTrial, trialSeed, type TrialParts, type TrialRun } from './trial.ts';

function run(chaos: Plan | null, more: Partial<TrialParts> = {}): TrialRun {
  const done = runTrial({ subject: toySubject, mission: toyMission, seed: 1, plan: chaos, ...more });
  if (done instanceof Promise) throw new Error('a synchronous subject makes a synchronous trial');
  return done;
}

const culprit = planOf(['handoff.drop', firstCrossing]);

describe('a trial', () => {
  it('of a team that says done with another result is a silent failure', () => {
    expect(run(culprit)).toMatchObject({ passed: false, judgement: { outcome: 'silent failure' } });
  });

  it('of a team that is not harmed is absorbed, and passes', () => {
    expect(run(planOf(['llm.latency', firstCrossing]))).toMatchObject({
      passed: true,
      judgement: { outcome: 'absorbed' },
    });
  });

  it('whose fault never lands is not exposed, and never a pass', () => {
    const missed = run(planOf(['handoff.drop', firstCrossing - 1]));
    expect(missed).toMatchObject({ passed: false, judgement: { outcome: 'not exposed' } });
  });

  it('passes by the outcomes that its scenario accepts', () => {
    expect(run(planOf(['llm.latency', firstCrossing]), { accept: ['degraded'] }).passed).toBe(false);
  });

  it('without a plan is judged by itself', () => {
    const calm = run(null);
    expect(calm).toMatchObject({ passed: true, judgement: { outcome: 'absorbed' } });
    expect(calm.chaos).toBe(calm.control);
  });

  it('waits for a subject that takes its time', async () => {
    const slow = {
      ...toySubject,
      run: async (parts: Parameters<typeof toySubject.run>[0]) => toySubject.run(parts),
    };
    const later = runTrial({ subject: slow, mission: toyMission, seed: 1, plan: culprit });
    expect(later).toBeInstanceOf(Promise);
    expect((await later).judgement.outcome).toBe('silent failure');
  });

  it('has a seed of its own, below 2^31, the same in every run', () => {
    const seeds = Array.from({ length: 1_000 }, (_, trial) => trialSeed(7, 'a/b', trial));
    expect(new Set(seeds).size).toBe(1_000);
    expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31)).toBe(true);
    expect(seeds[3]).toBe(trialSeed(7, 'a/b', 3));
    expect(trialSeed(7, 'a/c', 3)).not.toBe(seeds[3]);
  });

  it('with a plan that injects nothing is refused', () => {
    expect(() => requireInjections(planOf(), 'a/b')).toThrow(
      expect.objectContaining({ code: 'PLAN_EMPTY', place: 'scenario a/b, plan toy' }),
    );
    expect(requireInjections(culprit, 'a/b')).toBe(culprit);
  });
});

describe('the first divergence', () => {
  it('is the first step that the control did not take, whatever chaos itself did before', () => {
    const { chaos, control } = run(culprit);
    expect(firstDivergence(chaos, control)).toEqual({
      step: 3,
      agent: 'a',
      what: 'finishes: failed, confidence 1',
      control: 'finishes: done, confidence 1',
    });
  });

  it('is none where both did the same, and names no control where that had ended', () => {
    const { chaos, control } = run(planOf(['llm.latency', firstCrossing]));
    expect(firstDivergence(chaos, control)).toBeNull();
    const shorter = { ...control, events: control.events.slice(0, 1) };
    expect(firstDivergence(control, shorter)).toMatchObject({ step: 2, control: null });
  });
});

describe('the collector', () => {
  const facts = { id: 'toy/holds', subject: 'toy', tags: [], seed: 7, gate: atLeast(0.9) };
  const trial = (chaos: Plan, complaint: string | null = null) => ({ trial: 0, run: run(chaos), complaint });

  it('makes a row of each trial, with the line that replays it', () => {
    const row = new Collector(facts).add(trial(culprit));
    expect(row).toMatchObject({
      schemaVersion: 1,
      scenario: 'toy/holds',
      trial: 0,
      outcome: 'silent failure',
      passed: false,
      end: 'done',
    });
    expect(row.replay).toBe('muster replay --scenario toy/holds --trial 0 --seed 7');
    expect(row.faults).toMatchObject([{ kind: 'handoff.drop', witnessed: 1 }]);
    expect(JSON.parse(JSON.stringify(row))).toEqual(row);
  });

  it('takes what an assertion said for the reason, and such a trial for failed', () => {
    const row = new Collector(facts).add(trial(planOf(['llm.latency', firstCrossing]), 'too slow'));
    expect(row).toMatchObject({ passed: false, why: 'too slow', outcome: 'absorbed' });
  });

  it('tells each sort of failure once, three at most, and never one that was not exposed', () => {
    const collector = new Collector(facts);
    const news = (chaos: Plan): boolean => collector.isNews(collector.add(trial(chaos)));
    expect([news(culprit), news(culprit)]).toEqual([true, false]);
    expect(news(planOf(['handoff.drop', 1]))).toBe(false);
    const more = ['llm.latency', 'llm.hang', 'tool.hang'].map((kind) =>
      news(planOf(['handoff.drop', 3], [kind, 3])),
    );
    expect(more).toEqual([true, true, false]);
  });

  it('shrinks what it tells to the culprit, under a name that is safe for a file', async () => {
    const collector = new Collector({ ...facts, id: 'toy/holds: all "of" it' });
    const chaos = planOf(['llm.latency', 5], ['handoff.drop', 5], ['llm.hang', 5]);
    const breaks = async (plan: Plan) => {
      const again = run(plan);
      return again.judgement.outcome === 'silent failure' ? again : null;
    };
    const failure = await collector.tell(trial(chaos), breaks);
    expect(failure.shrunk.injections).toEqual(planOf(['handoff.drop', firstCrossing]).injections);
    expect(failure).toMatchObject({
      plan: chaos,
      outcome: 'silent failure',
      divergence: { control: 'finishes: done, confidence 1' },
    });
    expect(failure.id).toMatch(/^[A-Za-z0-9._-]+$/);
    expect(collector.record().failures).toEqual([failure]);
  });
});

describe('a trial of a real team', () => {
  const subject = stewardTeam({ team: exampleTeam, doubles: exampleDoubles });
  const slow = plan('slow', 'it waits', [
    inject('llm.latency', { dist: 'fixed', ms: 5_000 } as never, { kind: 'nth', n: 1 }),
  ]);

  it('gives the same row for the same seed, and another trace for another', () => {
    const row = (seed: number) =>
      new Collector({ id: 'x/y', subject: 'example', tags: [], seed, gate: atLeast(0.9) }).add({
        trial: 0,
        run: run(slow, { subject, mission: exampleMission, seed }),
        complaint: null,
      });
    expect(JSON.stringify(row(5))).toBe(JSON.stringify(row(5)));
    expect(row(5).traceHash).not.toBe(row(6).traceHash);
    expect(row(5)).toMatchObject({ passed: true, unknownInvariants: [] });
  });
});
