// Token figures add up, and waste is what bought nothing; all figures are worked out by hand.
import { describe, expect, it } from 'vitest';
import { healthyStory } from '../check/testing/healthy-story.test-support.ts';
import {
  behind,
  changed,
  tell,
  tellOutside,
  type Line,
  type Story,
} from '../check/testing/trace-story.test-support.ts';
import { measureTokens } from './tokens.ts';

const control = tell(healthyStory);
const nothingWasted = { unused: 0, abandoned: 0, rework: 0, repeat: 0 };
const modelCall = healthyStory.find((line) => line.kind === 'model.called') as Line & {
  kind: 'model.called';
};
const modelAnswer = healthyStory.find((line) => line.kind === 'model.answered') as Line & {
  kind: 'model.answered';
};

/** One more model call of the writer's assignment a1, and what came of it: 50 tokens. */
function more(
  call: string,
  {
    called = {},
    content = call,
    taken = true,
  }: { called?: Partial<Line & { kind: 'model.called' }>; content?: string; taken?: boolean },
): Story {
  const answer = {
    ...modelAnswer,
    call,
    content,
    toolCalls: [],
    usage: { inputTokens: 40, outputTokens: 10 },
  };
  return [
    { ...modelCall, call, key: call, turn: 3, ...called },
    answer,
    ...(taken ? [{ kind: 'answer.accepted', command: call, event: 'model.answered' } as const] : []),
  ];
}
/** Put behind the writer's draft, before its gate. */
const afterDraft = (...story: Story) => tell(behind(healthyStory, 'budget.settled', story, 4));

describe('token figures', () => {
  it('of a healthy run are what its answers used, and nothing is wasted', () => {
    expect(measureTokens(control, null)).toEqual({
      total: 1000,
      waste: 0,
      wasteShare: 0,
      extra: 0,
      presumed: 0,
      byAgent: [
        { agent: 'closer', total: 700, waste: 0 },
        { agent: 'writer', total: 300, waste: 0 },
      ],
      byEdge: [{ edge: 'writer->closer', total: 300 }],
      byPhase: { first: 400, toolTurn: 600, rework: 0, retry: 0, redispatch: 0 },
      byWaste: nothingWasted,
    });
  });

  it('count an answer that nobody took as unused', () => {
    const figures = measureTokens(afterDraft(...more('x1', { taken: false })), control);
    expect(figures).toMatchObject({
      total: 1050,
      waste: 50,
      extra: 50,
      byWaste: { ...nothingWasted, unused: 50 },
    });
    expect(figures.wasteShare).toBeCloseTo(50 / 1050, 12);
    expect(figures.byAgent[1]).toEqual({ agent: 'writer', total: 350, waste: 50 });
  });

  it('count the draft that is sent back as rework, and its successor under the phase of rework', () => {
    const rework: Line = {
      kind: 'rework.requested',
      agent: 'writer',
      assignment: 'a1',
      rework: 1,
      feedback: [],
    };
    const figures = measureTokens(afterDraft(rework, ...more('x1', {})), control);
    expect(figures.byWaste).toEqual({ ...nothingWasted, rework: 200 });
    expect(figures.byPhase).toEqual({ first: 400, toolTurn: 600, rework: 50, retry: 0, redispatch: 0 });
  });

  it('count all of an assignment that failed as abandoned', () => {
    const figures = measureTokens(
      tell(changed(healthyStory, 'agent.finished', { outcome: 'failed' })),
      control,
    );
    expect(figures.byWaste).toEqual({ ...nothingWasted, abandoned: 300 });
    expect(figures.wasteShare).toBe(0.3);
  });

  it('count an answer that says what was said before as a repeat', () => {
    const figures = measureTokens(afterDraft(...more('x1', { content: 'draft' })), control);
    expect(figures.byWaste).toEqual({ ...nothingWasted, repeat: 50 });
  });

  it('count an answer that asks again for what was found as a repeat, whoever asks', () => {
    const outside = tellOutside([
      { ...modelCall, agent: 'other', call: 'x0', assignment: null },
      { ...modelAnswer, agent: 'other', call: 'x0' },
      ...healthyStory.filter((line) => line.kind === 'model.called' || line.kind === 'model.answered'),
    ]);
    expect(measureTokens(outside, null)).toMatchObject({ total: 1100, waste: 100, byWaste: { repeat: 100 } });
  });

  it('tell retries and redispatches apart', () => {
    const retry = measureTokens(afterDraft(...more('x1', { called: { attempt: 2 } })), control);
    expect(retry.byPhase).toMatchObject({ retry: 50, redispatch: 0 });
    const twice = [{ ...modelCall, call: 'x1', epoch: 1 }, ...more('x1', { called: { epoch: 2 } })];
    expect(measureTokens(afterDraft(...twice), control).byPhase).toMatchObject({ retry: 0, redispatch: 50 });
  });

  it('keep what is presumed spent apart, and count it once', () => {
    const presumed = (agent: string): Line => ({
      kind: 'budget.presumed',
      command: 'x1',
      tokens: 1000,
      agent,
      tokensSpent: 0,
      tokensReserved: 0,
      tokensPresumed: 1000,
      tokensMax: 1,
      costMicros: 0,
      costMicrosMax: 1,
    });
    expect(measureTokens(afterDraft(presumed('writer'), presumed('*')), control)).toMatchObject({
      presumed: 1000,
      total: 1000,
    });
  });

  it('count a handoff that is delivered twice once', () => {
    const again = behind(healthyStory, 'handoff.sent', [
      changed(healthyStory, 'handoff.sent', { attempt: 2 }).find((line) => line.kind === 'handoff.sent')!,
    ]);
    expect(measureTokens(tell(again), control).byEdge).toEqual([{ edge: 'writer->closer', total: 300 }]);
  });

  it('are zero for a run that never asked a model', () => {
    expect(measureTokens(tell([]), null)).toMatchObject({ total: 0, waste: 0, wasteShare: 0, byAgent: [] });
  });
});
