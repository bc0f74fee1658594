// Generated teams under generated chaos hold every invariant, and what fails shrinks to something small.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { faultOf } from '../../chaos/catalogue.ts';
import { runTrial, type TrialRun } from '../trial.ts';
import { anyHandoffSequence } from './any-handoff-sequence.ts';
import { anyMission } from './any-mission.ts';
import { anyPlan } from './any-plan.ts';
import { anyTeamShape, type TeamShape } from './any-team.ts';
import { anyTrial, subjectOfShape, type TrialShape } from './any-trial.ts';
import { teamOfShape } from './shape-team.ts';

function run({ shape, mission, plan, schedule }: TrialShape): TrialRun {
  const trial = runTrial({ subject: subjectOfShape(shape), mission, plan, seed: schedule, schedule });
  if (trial instanceof Promise) throw new Error('the doubles are synchronous, so the trial must be');
  return trial;
}

/** The smallest value of which the predicate is not true. */
function smallest<T>(arbitrary: fc.Arbitrary<T>, predicate: (value: T) => boolean): T {
  const result = fc.check(fc.property(arbitrary, predicate), { seed: 7, numRuns: 500 });
  if (result.counterexample === null) throw new Error('nothing was found to shrink');
  return result.counterexample[0];
}

const samples = fc.sample(anyTrial(5), { seed: 11, numRuns: 150 });

describe('generated trials', () => {
  let runs: readonly TrialRun[] = [];
  beforeAll(() => {
    runs = samples.map(run);
  });

  it('hold every invariant, whatever the team, the plan and the order of events', () => {
    for (const [place, { verdicts, judgement }] of runs.entries()) {
      const broken = verdicts.filter(({ kind }) => kind === 'broken');
      expect(broken, `trial ${place}: ${JSON.stringify(samples[place])}`).toEqual([]);
      expect(['silent failure', 'hung'], `trial ${place}: ${judgement.reason}`).not.toContain(
        judgement.outcome,
      );
    }
  });

  it('reach every way in which a mission can go', () => {
    const outcomes = new Set(runs.map(({ judgement }) => judgement.outcome));
    for (const outcome of ['absorbed', 'recovered', 'escalated', 'failed loudly'])
      expect(outcomes).toContain(outcome);
  });

  it('are exposed to faults of most kinds', () => {
    const fired = new Set<string>();
    for (const { chaos } of runs)
      for (const event of chaos.events) if (event.kind === 'fault.fired') fired.add(event.fault);
    expect(fired.size).toBeGreaterThan(35);
  });

  it('give the same trace for the same trial', () => {
    const [sample] = samples;
    expect(JSON.stringify(run(sample!).chaos)).toBe(JSON.stringify(runs[0]?.chaos));
  });
});

describe('a generated team', () => {
  it('is valid, whatever its shape', () =>
    fc.assert(
      fc.property(anyTeamShape(), (shape) => {
        const { agents } = teamOfShape(shape).definition;
        expect(Object.keys(agents)).toHaveLength(shape.agents.length + (shape.routes === 'router' ? 1 : 0));
      }),
      { numRuns: 60 },
    ));

  it('shrinks to two plain agents in sequence', () => {
    const plain: TeamShape['agents'][number] = {
      effect: null,
      uses: 'once',
      approval: false,
      gate: false,
      optional: false,
      unsure: false,
      escalates: 'nowhere',
      shares: false,
      discovers: false,
      circles: false,
    };
    expect(smallest(anyTeamShape(), () => false)).toEqual({
      agents: [plain, plain],
      routes: 'sequence',
      itinerary: [0],
      tokensMax: 1_000_000,
      repeatsMax: 3,
      latencyMsMax: 14_400_000,
      releases: [],
    });
  });

  it('keeps what the failure needs while it shrinks', () => {
    const shape = smallest(anyTeamShape(), ({ agents }) => !agents.some((agent) => agent.effect === 'once'));
    expect(shape.agents).toHaveLength(2);
    expect(shape.agents.filter(({ effect }) => effect === 'once')).toHaveLength(1);
    expect(shape.agents.filter(({ effect }) => effect === null)).toHaveLength(1);
  });
});

describe('a generated plan', () => {
  const agents = ['a1', 'a2'];

  it('shrinks to one fault at its first crossing, for everybody', () =>
    expect(smallest(anyPlan({ faultsMax: 5, agents }), () => false).injections).toEqual([
      {
        fault: { kind: 'llm.latency', ...faultOf('llm.latency')?.examples[0] },
        trigger: { kind: 'nth', n: 1 },
      },
    ]));

  it('shrinks to the one fault that does the harm', () => {
    const { injections } = smallest(
      anyPlan({ faultsMax: 5, agents }),
      (plan) => !plan.injections.some(({ fault }) => fault.kind === 'crash.kill'),
    );
    expect(injections.map(({ fault }) => fault.kind)).toEqual(['crash.kill']);
  });

  it('keeps to the families and kinds that it is given', () =>
    fc.assert(
      fc.property(anyPlan({ faultsMax: 4, families: ['crashes', 'operators'] }), ({ injections }) => {
        for (const { fault } of injections)
          expect(['crashes', 'operators']).toContain(faultOf(fault.kind)?.family);
      }),
    ));

  it('never narrows a fault of the process to an agent', () =>
    fc.assert(
      fc.property(anyPlan({ faultsMax: 4, agents, families: ['crashes', 'operators', 'gates'] }), (plan) => {
        const ofProcess = plan.injections.filter(({ fault }) => faultOf(fault.kind)?.layer === 'process');
        for (const { scope } of ofProcess) expect(scope).toBeUndefined();
      }),
    ));
});

describe('a generated mission and a generated sequence of handoffs', () => {
  it('shrink to the first mission without input, and to one handoff', () => {
    expect(smallest(anyMission(), () => false)).toEqual({ id: 'm1', goal: '', input: {}, context: {} });
    expect(smallest(anyHandoffSequence(3, 6), () => false)).toEqual([0]);
  });
});
