// Recovery figures, worked out by hand, and runs that never recover are censored.
import { describe, expect, it } from 'vitest';
import { healthyStory, stoppedAfter } from '../check/testing/healthy-story.test-support.ts';
import {
  behind,
  changed,
  seqOf,
  tell,
  tellOutside,
  type Line,
  type Story,
} from '../check/testing/trace-story.test-support.ts';
import { measureRecovery } from './recovery.ts';

const control = tell(healthyStory);

function hit(crossing: string, delayMs = 0, agent = 'writer'): { fired: Line; witnessed: Line } {
  const fault = { injection: 0, fault: 'any', crossing };
  return {
    fired: { kind: 'fault.fired', ...fault, agent, delayMs },
    witnessed: { kind: 'fault.witnessed', ...fault },
  };
}
const call = healthyStory.find((line) => line.kind === 'model.called') as Line & { kind: 'model.called' };
const llm = hit('llm/reply/writer/model#1');

/** Says that the steward's answers were taken, as a driver does: the note's cause is the answer. */
function taken(story: Story): Story {
  return story.map((line, place) =>
    line.kind === 'answer.accepted' && 'call' in (story[place - 1] ?? {}) ? { ...line, cause: place } : line,
  );
}

/** The writer's first call fails after 100 ms and is asked again 50 ms later. */
const retried = taken(
  behind(healthyStory, 'model.called', [
    { ...llm.fired, atMs: 20 },
    { ...llm.witnessed, atMs: 120 },
    { kind: 'model.failed', call: 'c1', agent: 'writer', reason: 'serverError', status: 500, message: '' },
    { kind: 'retry.scheduled', agent: 'writer', what: 'model', attempt: 2, waitMs: 50 },
    { ...call, attempt: 2, atMs: 170 },
  ]),
);

describe('recovery', () => {
  it('runs from the injection to the next answer that stands', () => {
    expect(measureRecovery({ chaos: tell(retried), control, outcome: 'recovered' })).toEqual({
      censored: false,
      steps: 1,
      ms: 151,
      extraTokens: 0,
      extraCalls: 1,
      agentsTouched: 1,
    });
  });

  it('does not charge injected time', () => {
    const delayed = hit('llm/reply/writer/model#1', 90);
    const story = retried.map((line) =>
      line.kind === 'fault.fired' ? { ...delayed.fired, atMs: 20 } : line,
    );
    expect(measureRecovery({ chaos: tell(story), control, outcome: 'recovered' })?.ms).toBe(61);
  });

  it('is censored, with how far it got, when the trial did not come out well', () => {
    const chaos = tell(
      stoppedAfter('model.called', {}).toSpliced(-1, 0, llm.fired, llm.witnessed, { ...call, attempt: 2 }),
    );
    const stop = chaos.events.at(-1)!;
    const fired = chaos.events.find(({ kind }) => kind === 'fault.fired')!;
    expect(measureRecovery({ chaos, control, outcome: 'hung' })).toEqual({
      censored: true,
      steps: 1,
      ms: stop.atMs - fired.atMs,
      extraTokens: 0,
      extraCalls: 0,
      agentsTouched: 1,
    });
    expect(measureRecovery({ chaos: tell(retried), control, outcome: 'silent failure' })?.censored).toBe(
      true,
    );
  });

  it('is nothing where no fault was felt', () => {
    expect(measureRecovery({ chaos: control, control, outcome: 'absorbed' })).toBeNull();
    const firedOnly = tell(behind(healthyStory, 'model.called', [llm.fired]));
    expect(measureRecovery({ chaos: firedOnly, control, outcome: 'not exposed' })).toBeNull();
  });

  it('does not end at an answer that is sent back', () => {
    const sentBack: Line = {
      kind: 'rework.requested',
      agent: 'writer',
      assignment: 'a1',
      rework: 1,
      feedback: [],
    };
    const story = taken(
      behind(
        behind(healthyStory, 'model.called', [llm.fired, llm.witnessed], 2),
        'budget.settled',
        [sentBack],
        4,
      ),
    );
    const chaos = tell(story);
    const figures = measureRecovery({ chaos, control, outcome: 'recovered' });
    // Not the draft's answer, but the writer's end of work, seven events after the draft's gate was asked.
    const [from, to] = [seqOf(story, 'fault.fired'), seqOf(story, 'agent.finished')];
    expect(figures).toMatchObject({ censored: false, steps: 1, ms: to - from });
  });

  const edge = hit('handoff/reply/writer/writer->closer#1');
  const second = [
    { ...edge.fired, injection: 1 },
    { ...edge.witnessed, injection: 1 },
  ] as Story;

  it('ends when the last of the faults so far is over, and counts all that was dispatched on the way', () => {
    const story = taken(behind(healthyStory, 'model.called', [llm.fired, llm.witnessed, ...second]));
    // The search, the second model call, the gate and the handoff itself.
    expect(measureRecovery({ chaos: tell(story), control, outcome: 'absorbed' })).toMatchObject({
      steps: 4,
      ms: seqOf(story, 'handoff.received') - seqOf(story, 'fault.fired'),
      agentsTouched: 1,
    });
  });

  it('does not wait for a fault that fires when all is well again', () => {
    const story = taken(
      behind(behind(healthyStory, 'model.called', [llm.fired, llm.witnessed]), 'handoff.sent', second),
    );
    expect(measureRecovery({ chaos: tell(story), control, outcome: 'absorbed' })).toMatchObject({
      steps: 0,
      ms: 2,
    });
  });

  it('after a crash ends with the first answer that the next process takes', () => {
    const crash = hit('process/request/steward/model.answered#4', 0, 'steward');
    const story = taken(
      behind(healthyStory, 'model.called', [
        crash.fired,
        { kind: 'answer.accepted', command: 't1', event: 'notified' },
        { kind: 'crashed', point: 'afterEffect', epoch: 1 },
        { kind: 'resumed', epoch: 2 },
        { ...call, epoch: 2 },
        crash.witnessed,
      ]),
    );
    expect(measureRecovery({ chaos: tell(story), control, outcome: 'recovered' })).toMatchObject({
      censored: false,
      steps: 1,
      ms: 7,
      extraCalls: 1,
    });
  });

  it('of a team outside ends with the answer itself, since nobody tells what it takes', () => {
    const outside = healthyStory.filter((line) =>
      ['model.called', 'model.answered', 'run.stopped'].includes(line.kind),
    );
    const story = behind(outside, 'model.called', [llm.fired, llm.witnessed]);
    const ended = changed(story, 'run.stopped', { why: 'ended' });
    expect(measureRecovery({ chaos: tellOutside(ended), control, outcome: 'absorbed' })).toMatchObject({
      censored: false,
      steps: 0,
      ms: 2,
    });
  });
});
