// Tests of the handoff watch: each sign finds its handoffs, once, and nothing where there is none.
import { describe, expect, it } from 'vitest';
import { completeAnswer, say, useTool, type AnswerDraft } from '../llm/answer-draft.ts';
import type { Ask } from '../team/ask.ts';
import type { HandoffSigns } from './handoff-sign.ts';
import { HandoffWatch } from './handoff-watch.ts';
import { HttpWorld } from './http-world.ts';
import { runPlan } from './solo-team.test-support.ts';

const agents = ['Boss', 'Dr. Search', 'Writer'];

type Step = readonly [agent: string, said: AnswerDraft];

/** Each agent is called and answered in turn; what comes of it, as `from->to payload`. */
function handoffs(signs: HandoffSigns, steps: readonly Step[], team = agents): readonly string[] {
  const time = { now: () => 0, after: () => () => undefined };
  const doubles = {
    model: { name: 'none', answer: () => completeAnswer(ask('none'), say('')) },
    tools: {},
    human: () => null,
    pace: { modelMs: [0, 0], toolMs: [0, 0], handoffMs: [0, 0] },
  } as const;
  const world = new HttpWorld({ plan: runPlan(), agents: team, doubles, time });
  const watch = new HandoffWatch({ world, agents: team, signs });
  for (const [agent, said] of steps) {
    watch.called(ask(agent), 1);
    watch.answered(ask(agent), completeAnswer(ask(agent), said), 2);
  }
  return world.recorder.events.flatMap((event) => {
    if (event.kind === 'handoff.received') return [`${event.to} received`];
    if (event.kind !== 'handoff.sent') return [];
    const sure = event.confidence === null ? '' : ` ${event.confidence}`;
    return [`${event.from}->${event.to} ${JSON.stringify(event.payload)}${sure}`];
  });
}

function ask(agent: string): Ask {
  return { agent, model: 'm', messages: [], tools: [], turn: 1, attempt: 1, key: agent };
}

const searched = say('{"found": 3, "confidence": 0.8}');

describe('a transfer tool', () => {
  it.each(['transfer_to_dr_search', 'handoff_to_DrSearch', 'hand_off_to_dr-search'])(
    '%s hands over',
    (tool) => {
      const steps: Step[] = [
        ['Boss', useTool(tool, { topic: 'tides', confidence: 0.4 })],
        ['Dr. Search', say('done')],
      ];
      expect(handoffs('transferTools', steps)).toEqual([
        'Boss->Dr. Search {"topic":"tides","confidence":0.4} 0.4',
        'Dr. Search received',
      ]);
    },
  );

  it('that names nobody of the team hands over to nobody who receives', () => {
    expect(handoffs('transferTools', [['Boss', useTool('transfer_to_sales')]])).toEqual(['Boss->sales {}']);
  });

  it('finds an agent that is named by its prompt by the beginning of its name', () => {
    const steps: Step[] = [
      ['triage-agent-1a2b', useTool('transfer_to_billing_agent')],
      ['writer-3c4d', say('not meant')],
      ['billing-agent-5e6f', say('done')],
    ];
    expect(handoffs('transferTools', steps, [])).toEqual([
      'triage-agent-1a2b->billing_agent {}',
      'billing-agent-5e6f received',
    ]);
  });

  it('is looked for only where it was asked for', () => {
    expect(handoffs('routes', [['Boss', useTool('transfer_to_writer')]])).toEqual([]);
    expect(handoffs('transitions', [['Boss', useTool('transfer_to_writer')]])).toEqual([]);
  });
});

describe('a declared tool', () => {
  it('hands over to its agent, or to the one that an argument names', () => {
    const signs = [
      { tool: 'delegate', toArgument: 'coworker' },
      { tool: 'ask_writer', to: 'Writer' },
    ];
    expect(
      handoffs(signs, [
        ['Boss', useTool('delegate', { coworker: 'DR SEARCH', task: 'tides' })],
        ['Dr. Search', useTool('ask_writer', { topic: 'tides' })],
        ['Writer', useTool('delegate', { task: 'nobody is named' })],
      ]),
    ).toEqual([
      'Boss->Dr. Search {"coworker":"DR SEARCH","task":"tides"}',
      'Dr. Search received',
      'Dr. Search->Writer {"topic":"tides"}',
      'Writer received',
    ]);
  });
});

describe('a router', () => {
  const signs = { router: 'Boss', member: 'next' } as const;

  it.each([
    ['its JSON', say('{"next": "writer"}'), '{"next":"writer"}'],
    ['a tool', useTool('route', { next: 'Writer' }), '{"next":"Writer"}'],
    ['its whole text', say(' writer\n'), '{"content":" writer\\n"}'],
  ])('names the next agent in %s', (_where, said, payload) => {
    expect(handoffs(signs, [['Boss', said]])).toEqual([`Boss->Writer ${payload}`]);
  });

  it.each([
    ['says that it is the end', 'Boss', say('{"next": "FINISH"}')],
    ['says something else', 'Boss', say('The writer is next.')],
    ['names itself', 'Boss', say('{"next": "boss"}')],
    ['is not the one who speaks', 'Writer', say('{"next": "Dr. Search"}')],
  ])('hands nothing over when it %s', (_what, agent, said) => {
    expect(handoffs(signs, [[agent, said]])).toEqual([]);
  });
});

describe('a transition', () => {
  it('hands the last answer over to whoever is called next, to several when several are', () => {
    const steps: Step[] = [
      ['Dr. Search', searched],
      ['Dr. Search', searched],
      ['Boss', say('on')],
    ];
    expect(handoffs('transitions', steps)).toEqual([
      'Dr. Search->Boss {"found":3,"confidence":0.8} 0.8',
      'Boss received',
    ]);
  });

  it('is not told again where a transfer has said it', () => {
    const signs = ['transferTools', 'transitions'] as const;
    const steps: Step[] = [
      ['Boss', useTool('transfer_to_writer')],
      ['Writer', say('a line')],
      ['Boss', say('thanks')],
    ];
    expect(handoffs(signs, steps)).toEqual([
      'Boss->Writer {}',
      'Writer received',
      'Writer->Boss {"content":"a line"}',
      'Boss received',
    ]);
  });

  it("is none from or to a call that is nobody's", () => {
    const steps: Step[] = [
      ['Boss', say('on')],
      ['unattributed', say('?')],
      ['Writer', say('a line')],
    ];
    expect(handoffs('transitions', steps)).toEqual([]);
  });
});
