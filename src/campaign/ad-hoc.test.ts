// Tests of the ad-hoc campaign: every plan gets its exposed trials, failures are told, a team that fails calm is refused.
import { expect, it } from 'vitest';
import type { Plan } from '../chaos/plan.ts';
import type { Subject } from '../engine/run.ts';
import type { TraceEvent } from '../trace/event.ts';
import { adHocSeed, runAdHoc, type AdHocParts } from './ad-hoc.ts';
import type { ScenarioRecord } from './record.ts';
import { firstCrossing, planOf, toyMission, toySubject } from './toy-subject.test-support.ts';

const named = (name: string, plan: Plan): Plan => ({ ...plan, name });
const asked: TraceEvent = {
  kind: 'model.called',
  call: 'c',
  agent: 'a',
  version: null,
  model: 'm',
  assignment: null,
  turn: 1,
  attempt: 1,
  key: 'k',
  contextVersion: null,
  slice: null,
  feedback: null,
  epoch: 1,
  seq: 1,
  atMs: 0,
  cause: 0,
};
const harmless = named('harmless', planOf(['llm.latency', firstCrossing]));
const harmful = named('harmful', planOf(['handoff.drop', firstCrossing], ['llm.latency', firstCrossing]));
const missing = named('missing', planOf(['llm.latency', firstCrossing - 1]));

/** The toy, with one model call. */
const asking: Subject = {
  ...toySubject,
  run: async (plan) => {
    const trace = await toySubject.run(plan);
    return {
      ...trace,
      events: [asked, ...trace.events].map((event, index) => ({ ...event, seq: index + 1 })),
    };
  },
};

async function run(parts: Partial<AdHocParts>): Promise<readonly ScenarioRecord[]> {
  const usual = { subject: asking, mission: toyMission, plans: [harmless], seed: 1, trials: 3 };
  return runAdHoc({ ...usual, onTrial: () => undefined, ...parts });
}

it('each plan is a scenario, which has as many exposed trials as were asked for', async () => {
  const [one, other] = await run({ plans: [harmless, harmful] });
  expect([one?.id, other?.id]).toEqual(['toy/harmless', 'toy/harmful']);
  expect(one?.rows.map((row) => row.passed)).toEqual([true, true, true]);
  expect(other?.rows.map((row) => row.outcome)).toEqual(Array(3).fill('silent failure'));
});

it('a failure is told once, by its smallest plan and with a replay line', async () => {
  const [scenario] = await run({ plans: [harmful] });
  expect(scenario?.failures).toHaveLength(1);
  const [failure] = scenario!.failures;
  expect(failure?.shrunk.injections.map(({ fault }) => fault.kind)).toEqual(['handoff.drop']);
  expect(failure?.replay).toMatch(/^muster replay toy-harmful-[0-9a-f]{8}$/);
});

it('a plan that never lands is tried twice as often, and no more', async () => {
  const [scenario] = await run({ plans: [missing] });
  expect(scenario?.rows.map((row) => row.outcome)).toEqual(Array(6).fill('not exposed'));
});

it('plans share the seed of a trial, so that one control serves them all', async () => {
  let controls = 0;
  const counted: Subject = {
    ...asking,
    run: (plan) => {
      if (plan.role === 'control') controls += 1;
      return asking.run(plan);
    },
  };
  const scenarios = await run({ subject: counted, plans: [harmless, harmful], trials: 2 });
  expect(controls).toBe(2);
  for (const { rows } of scenarios)
    expect(rows.map((row) => row.seed)).toEqual([0, 1].map((trial) => adHocSeed(toySubject, 1, trial)));
});

it('a team that fails without chaos is refused, with what it said', async () => {
  const failing: Subject = {
    ...toySubject,
    run: async (plan) => {
      const trace = await toySubject.run(plan);
      const events = trace.events.map((event) =>
        event.kind === 'mission.ended' ? { ...event, end: 'failed' as const, reason: 'exit code 2' } : event,
      );
      return { ...trace, events };
    },
  };
  await expect(run({ subject: failing })).rejects.toThrow(/SUBJECT_FAILS_CALM.*exit code 2/);
});

it('a team that asks no model is refused, since no fault can reach it', async () => {
  await expect(run({ subject: toySubject })).rejects.toThrow('SUBJECT_ASKS_NOTHING');
});
