// Matchers: each passes a run that keeps its word, and tells of one that does not.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../chaos/plan.ts';
import { inject, plan } from '../chaos/plan-builder.ts';
import { runTrial, type TrialRun } from '../campaign/trial.ts';
import { effectsHappenOnce } from '../check/effects-once.ts';
import { exampleDoubles, exampleMission, exampleTeam } from '../engine/example-team.test-support.ts';
import type { TraceBody } from '../trace/event.ts';
import { stewardTeam } from '../subject/steward-team.ts';
import { extendExpect } from './matchers.ts';

beforeAll(extendExpect);

const subject = stewardTeam({ team: exampleTeam, doubles: exampleDoubles });

function run(chaos: Plan | null): TrialRun {
  const done = runTrial({ subject, mission: exampleMission, seed: 3, plan: chaos });
  if (done instanceof Promise) throw new Error('a synchronous team runs synchronously');
  return done;
}

/** The run with more in its trace. */
function plus(trial: TrialRun, ...bodies: readonly TraceBody[]): TrialRun {
  const { events } = trial.chaos;
  const more = bodies.map((body, index) => ({ ...body, seq: events.length + index + 1, atMs: 0, cause: 0 }));
  return { ...trial, chaos: { ...trial.chaos, events: [...events, ...more] } };
}

const overload = plan('overload', 'it asks again', [inject('llm.serverError', {}, { kind: 'nth', n: 2 })]);
const outage = plan('outage', 'it fails', [inject('llm.serverError', {}, { kind: 'always' })]);
const calm = run(null);

describe('toRecover', () => {
  it('passes a team that came back within the bounds, and one that felt nothing', () => {
    expect(run(overload)).toRecover({ within: '1m', extraCalls: 1, extraTokens: 5_000 });
    expect(calm).toRecover({ within: '0s' });
  });

  it('fails a team that did not come back', () => {
    expect(() => expect(run(outage)).toRecover()).toThrow('it did not recover: ');
    expect(run(outage)).not.toRecover();
  });

  it('fails a team that took too long or too much, and says by how much', () => {
    expect(() => expect(run(overload)).toRecover({ within: '1ms' })).toThrow(
      /virtual ms \d+, and 1 were allowed/,
    );
    expect(() => expect(run(overload)).toRecover({ extraCalls: 0 })).toThrow(
      /extra calls \d+, and 0 were allowed/,
    );
    expect(() => expect(run(overload)).not.toRecover()).toThrow('expected the run not to hold');
  });
});

describe('toStayWithinBudget', () => {
  const breach = {
    kind: 'budget.breached',
    agent: 'writer',
    wanted: 10,
    tokensSpent: 1,
    tokensReserved: 0,
    tokensPresumed: 0,
    tokensMax: 5,
    costMicros: 1,
    costMicrosMax: 9,
  } as const;

  it('passes a run without a breach, and names the agent of a breach', () => {
    expect(calm).toStayWithinBudget();
    expect(() => expect(plus(calm, breach)).toStayWithinBudget()).toThrow(
      'the budget of writer was breached',
    );
    expect(plus(calm, breach)).not.toStayWithinBudget();
  });
});

describe('toLoop', () => {
  const answer = (call: string): readonly TraceBody[] => [
    {
      kind: 'model.answered',
      call,
      agent: 'writer',
      content: 'the very same',
      toolCalls: [],
      finishReason: 'stop',
      usage: { inputTokens: 1, outputTokens: 1 },
    },
    { kind: 'answer.accepted', command: call, event: 'model.answered' },
  ];
  const again = (count: number): readonly TraceBody[] =>
    Array.from({ length: count }, (_, index) => answer(`loop${index}`)).flat();

  it('is silent on a healthy run, and sees an agent that says the same thing three times', () => {
    expect(calm).not.toLoop();
    expect(plus(calm, ...again(2))).not.toLoop();
    expect(plus(calm, ...again(3))).toLoop();
    expect(() => expect(plus(calm, ...again(3))).not.toLoop()).toThrow(/repeat of writer .* 3 times/);
    expect(() => expect(calm).toLoop()).toThrow('there was none');
  });
});

describe('toHold', () => {
  const applied = calm.chaos.events.find((event) => event.kind === 'tool.applied')!;

  it('passes a healthy run, and names the invariant that is broken', () => {
    expect(calm).toHold([effectsHappenOnce]);
    expect(() => expect(plus(calm, applied)).toHold([effectsHappenOnce])).toThrow(/^S4: .*took effect twice/);
    expect(plus(calm, applied)).not.toHold([effectsHappenOnce]);
  });
});
