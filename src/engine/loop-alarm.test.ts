// The loop alarm: loops that no exact count sees are broken, then escalated; what goes forward is left alone.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inject, plan } from '../chaos/plan-builder.ts';
import type { Injection, Plan } from '../chaos/plan.ts';
import { checkTrace } from '../check/invariants.ts';
import type { Doubles } from '../llm/double.ts';
import type { Answer, Ask } from '../team/ask.ts';
import type { TeamLimits } from '../team/definition.ts';
import { defineTeam } from '../team/team.ts';
import type { Trace } from '../trace/trace.ts';
import { simulate } from './sim.ts';

type Watch = TeamLimits['watchLoops'];

const team = (watchLoops: Watch) =>
  defineTeam({
    name: 'support',
    agents: [
      {
        name: 'clerk',
        responsibility: 'answers the ticket',
        instructions: 'You answer tickets.',
        input: z.looseObject({}),
        output: z.looseObject({ text: z.string() }),
        tools: ['lookup'],
        gates: ['kind'],
        turnsMax: 16,
        reworksMax: 12,
      },
    ],
    tools: {
      lookup: { description: 'looks a ticket up', arguments: z.looseObject({}), attemptsMax: 1 },
    },
    gates: {
      kind: ({ payload }) => (JSON.stringify(payload).includes('sorry') ? null : 'Say that you are sorry.'),
    },
    routes: { kind: 'sequence', agents: ['clerk'] },
    limits: { watchLoops },
  });

/** What the clerk does: with its how-manieth question, and knowing whether it was told of a loop. */
type Clerk = (at: { readonly turn: number; readonly rework: number; readonly told: boolean }) => Answer;

const usage = { inputTokens: 100, outputTokens: 20 };
const look = (args: Record<string, string | number>): Answer => ({
  content: '',
  toolCalls: [{ id: 'call', name: 'lookup', arguments: args }],
  finishReason: 'toolCalls',
  usage,
});
const say = (text: string): Answer => ({
  content: JSON.stringify({ payload: { text }, context: {}, confidence: 1 }),
  toolCalls: [],
  finishReason: 'stop',
  usage,
});

function placeOf({ key, messages }: Ask): Parameters<Clerk>[0] {
  const [, rework, turn] = /\/r(\d+)\/t(\d+)\//.exec(key) ?? [];
  const told = messages.some(({ role, content }) => role === 'user' && content.includes('loop:'));
  return { turn: Number(turn), rework: Number(rework), told };
}

function run(clerk: Clerk, watchLoops: Watch, chaos: Plan | null = null): Trace {
  const doubles: Doubles = {
    model: { name: 'clerk', answer: (ask) => clerk(placeOf(ask)) },
    tools: {
      lookup: ({ arguments: given }) => {
        if (given['page'] === undefined) throw new Error('the ticket system is closed');
        return { page: given['page'], tickets: `the tickets of page ${JSON.stringify(given)}` };
      },
    },
    human: () => null,
    pace: { modelMs: [500, 900], toolMs: [50, 90], handoffMs: [5, 9] },
  };
  const mission = { id: 'm', goal: 'answer', input: {}, context: {} };
  const trace = simulate({
    team: team(watchLoops),
    doubles,
    plan: { mission, seed: 3, chaos, horizonMs: 86_400_000, schedule: null, role: 'judged' },
  });
  if (trace instanceof Promise) throw new Error('the doubles are synchronous, so the run must be');
  return trace;
}

const noisy = (turn: number): Answer => look({ ticket: 'T-42', nonce: 1_000_000 + 7919 * turn });
const wordings = ['kindly', 'now', 'please', 'today', 'soon', 'again', 'hereby', 'gladly'];
const reworded = (rework: number): string =>
  `we have looked into your ticket and ${wordings[rework % 8]} inform you that it is closed for good`;

const stubborn: Readonly<Record<string, Clerk>> = {
  'calls a tool that fails, with ever other noise': ({ turn }) => noisy(turn),
  'hands in the rejected work in ever other words': ({ rework }) => say(reworded(rework)),
};
const willing: Readonly<Record<string, Clerk>> = {
  'calls a tool that fails, with ever other noise': ({ turn, told }) => (told ? say('sorry') : noisy(turn)),
  'hands in the rejected work in ever other words': ({ rework, told }) =>
    say(told ? 'sorry' : reworded(rework)),
};
const forward: Readonly<Record<string, Clerk>> = {
  'goes through the pages of a list': ({ turn }) => (turn < 12 ? look({ page: turn }) : say('sorry')),
  'hands in other work each time': ({ rework }) => say(rework < 8 ? `try ${wordings[rework]}` : 'sorry'),
};

const endOf = ({ events }: Trace): unknown => events.find(({ kind }) => kind === 'mission.ended');
const actions = ({ events }: Trace): readonly string[] =>
  events.flatMap((event) => (event.kind === 'loop.alarmed' ? [event.action] : []));
const answers = ({ events }: Trace): number => events.filter(({ kind }) => kind === 'model.answered').length;
const broken = (trace: Trace) => checkTrace(trace).filter(({ kind }) => kind === 'broken');

describe.each(Object.keys(stubborn))('an agent that %s', (story) => {
  it('runs into its limits where nobody watches', () => {
    const trace = run(stubborn[story]!, 'off');
    expect(actions(trace)).toEqual([]);
    expect(endOf(trace)).toMatchObject({ end: 'failed' });
    expect(answers(trace)).toBeGreaterThanOrEqual(13);
  });

  it('is told once, and goes to people when it goes on', () => {
    const trace = run(stubborn[story]!, 'on');
    expect(actions(trace)).toEqual(['break', 'escalate']);
    expect(endOf(trace)).toMatchObject({ end: 'escalated', reason: expect.stringContaining('clerk') });
    expect(answers(trace)).toBeLessThanOrEqual(9);
    expect(broken(trace)).toEqual([]);
  });

  it('goes on with its work when it listens', () => {
    const trace = run(willing[story]!, 'on');
    expect(actions(trace)).toEqual(['break']);
    expect(endOf(trace)).toMatchObject({ end: 'done' });
    expect(broken(trace)).toEqual([]);
  });

  it('is seen through crashes and pauses at any step', () => {
    const steps = run(willing[story]!, 'on').state?.events ?? 0;
    const troubles = (n: number): readonly Injection[] => [
      inject('operator.intervene', { action: 'pause', ms: 60_000 }, { kind: 'nth', n }),
      ...(['beforeAppend', 'afterAppend', 'betweenDispatches'] as const).map((point) =>
        inject('crash.kill', { point }, { kind: 'nth', n }),
      ),
    ];
    for (let n = 1; n < steps - 1; n += 1) {
      for (const trouble of troubles(n)) {
        const trace = run(willing[story]!, 'on', plan('trouble', 'loops are seen', [trouble]));
        const place = `${JSON.stringify(trouble.fault)} at step ${n}`;
        expect(broken(trace), place).toEqual([]);
        expect(actions(trace), place).toEqual(['break']);
        expect(endOf(trace), place).toMatchObject({ end: 'done' });
      }
    }
  });
});

describe.each(Object.keys(forward))('an agent that %s', (story) => {
  it('is left alone, watched or not', () => {
    const [watched, alone] = [run(forward[story]!, 'on'), run(forward[story]!, 'off')];
    expect(actions(watched)).toEqual([]);
    expect(endOf(watched)).toMatchObject({ end: 'done' });
    expect(watched.events.slice(1)).toEqual(alone.events.slice(1));
  });
});
