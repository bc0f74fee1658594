// Steps become a trace: in the right order, each once, under the right agent, with nothing made up.
import { describe, expect, it } from 'vitest';
import { agentStep, assemble, handoffStep, modelStep, sketch, toolStep } from '../testing.test-support.ts';
import type { Step } from '../step.ts';

const told = (steps: readonly Step[], stepsMax?: number) =>
  assemble(steps, stepsMax).runs.map((events) => events.map(sketch));

const call = (id: string, name = 't', args = {}) => ({ id, name, arguments: args });

describe('the assembler', () => {
  it('orders by tree, then start, then source; a child that starts before its parent stays below it', () => {
    const steps = [
      modelStep({ id: 'm2', parent: 'b', startMs: 30 }),
      modelStep({ id: 'm1', parent: 'a', startMs: 5 }),
      agentStep({ id: 'b', agent: 'second', startMs: 20 }),
      agentStep({ id: 'a', agent: 'first', startMs: 10 }),
      modelStep({ id: 'm3', parent: 'b', startMs: 30 }),
    ];
    expect(assemble(steps).runs[0]?.map((event) => `${sketch(event)} ${event.atMs}`)).toEqual([
      'model.called first 5',
      'model.answered first 5',
      'model.called second 30',
      'model.answered second 30',
      'model.called second 30',
      'model.answered second 30',
    ]);
  });

  it('keeps the order of the source where nothing tells a better one', () => {
    const steps = ['x', 'y', 'x'].map((agent) => modelStep({ agent }));
    expect(told(steps)[0]?.filter((line) => line.startsWith('model.called'))).toEqual([
      'model.called x',
      'model.called y',
      'model.called x',
    ]);
  });

  it('counts the innermost model span only, through plumbing, but not through a tool or an agent', () => {
    const steps = [
      modelStep({ id: 'outer', startMs: 1 }),
      agentStep({ id: 'plumbing', parent: 'outer', startMs: 2 }),
      modelStep({ id: 'inner', parent: 'plumbing', startMs: 3, agent: 'a' }),
      toolStep({ id: 'tool', parent: 'inner', tool: 'ask', startMs: 4, endMs: 9 }),
      modelStep({ id: 'within', parent: 'tool', startMs: 5, agent: 'b' }),
    ];
    const { runs, skipped } = assemble(steps);
    expect(runs[0]?.filter(({ kind }) => kind === 'model.called').map(sketch)).toEqual([
      'model.called a',
      'model.called b',
    ]);
    expect(skipped).toEqual([
      { what: 'model span', count: 1, why: 'it wraps another one, and that one is the call' },
    ]);
  });

  it('tells a step once that the file tells twice', () => {
    const twice = [modelStep({ id: 'm', agent: 'a' }), modelStep({ id: 'm', agent: 'a' })];
    const { runs, skipped } = assemble(twice);
    expect(runs[0]).toHaveLength(2);
    expect(skipped).toEqual([{ what: 'model step', count: 1, why: 'it is told more than once' }]);
  });

  it('joins a requested call with the tool that ran it, by id', () => {
    const steps = [
      modelStep({ agent: 'a', said: { toolCalls: [call('1', 't', { n: 1 }), call('2', 'u')] } }),
      toolStep({ callId: '2', tool: 'u', result: 'two' }),
      toolStep({ callId: '1', tool: 't', result: 'one' }),
    ];
    const [events] = assemble(steps).runs;
    expect(events?.map(sketch)).toEqual([
      'model.called a',
      'model.answered a',
      'tool.called a u {}',
      'tool.returned a u',
      'tool.called a t {"n":1}',
      'tool.returned a t',
    ]);
    expect(events?.map(({ cause }) => cause)).toEqual([0, 1, 2, 3, 2, 5]);
  });

  it('joins them by tool and arguments where there are no ids', () => {
    const steps = [
      modelStep({ agent: 'a', said: { toolCalls: [call('', 't', { n: 1 }), call('', 't', { n: 2 })] } }),
      toolStep({ tool: 't', arguments: { n: 2 }, result: 'two' }),
      toolStep({ tool: 't', arguments: { n: 1 }, result: 'one' }),
    ];
    expect(told(steps)[0]?.filter((line) => line.startsWith('tool.called'))).toEqual([
      'tool.called a t {"n":2}',
      'tool.called a t {"n":1}',
    ]);
  });

  it('joins them by arguments where the framework has ids of its own, and keeps others apart', () => {
    const steps = [
      modelStep({ agent: 'a', said: { toolCalls: [call('1', 't', { n: 1 })] } }),
      toolStep({ callId: 'x', tool: 't', arguments: { n: 1 }, result: 'one' }),
      modelStep({ agent: 'a', said: { toolCalls: [call('2', 't', { n: 2 })] } }),
      toolStep({ callId: 'y', tool: 't', arguments: { n: 3 }, result: 'three' }),
    ];
    expect(told(steps)[0]?.filter((line) => line.startsWith('tool.called'))).toEqual([
      'tool.called a t {"n":1}',
      'tool.called unattributed t {"n":3}',
      'tool.called a t {"n":2}',
    ]);
  });

  it('tells a requested call that never ran, before the next turn of its agent', () => {
    const steps = [
      modelStep({ agent: 'a', said: { toolCalls: [call('1')] } }),
      modelStep({ agent: 'a' }),
      toolStep({ callId: '1', result: 'late' }),
    ];
    expect(told(steps)[0]).toEqual([
      'model.called a',
      'model.answered a',
      'tool.called a t {}',
      'model.called a',
      'model.answered a',
      'tool.returned a t',
    ]);
  });

  it('takes a result that is told again for an echo, and a call that is asked again for a call', () => {
    const asked = modelStep({ agent: 'a', said: { toolCalls: [call('1')] } });
    const ran = toolStep({ callId: '1', result: 'r' });
    const { runs, skipped } = assemble([asked, ran, ran, asked, ran]);
    expect(runs[0]?.filter(({ kind }) => kind === 'tool.called')).toHaveLength(2);
    expect(skipped).toEqual([{ what: 'tool result', count: 1, why: 'it is told more than once' }]);
  });

  it('tells a handoff once that both the model and its framework tell, and who takes it up', () => {
    const steps = [
      modelStep({
        agent: 'triage',
        said: { toolCalls: [call('1', 'transfer_to_billing_agent', { why: 'x' })] },
      }),
      handoffStep({ agent: 'triage', to: 'Billing Agent' }),
      modelStep({ agent: 'Billing Agent' }),
    ];
    expect(told(steps)[0]).toEqual([
      'model.called triage',
      'model.answered triage',
      'handoff.sent triage->billing_agent',
      'handoff.received triage->Billing Agent',
      'model.called Billing Agent',
      'model.answered Billing Agent',
    ]);
  });

  it('says of tokens that nobody told that they are unknown', () => {
    const usage = { inputTokens: 3, outputTokens: 4 };
    const [events] = assemble([modelStep({}), modelStep({ usage })]).runs;
    const answers = events?.filter((event) => event.kind === 'model.answered');
    expect(answers?.map((event) => event.usageUnknown)).toEqual([true, undefined]);
  });

  it('makes a trace of each run, numbered from 1', () => {
    const steps = ['x', 'y', 'x'].map((run) => modelStep({ run, agent: run }));
    const { runs, asks } = assemble(steps);
    expect(runs.map((events) => events.map(({ seq }) => seq))).toEqual([
      [1, 2, 3, 4],
      [1, 2],
    ]);
    expect(asks.map(({ run }) => run)).toEqual(['x', 'x', 'y']);
  });

  it('is the same through a window as whole, for runs that fit into it', () => {
    const steps = Array.from({ length: 60 }, (_, index) => {
      const run = String(Math.floor(index / 6));
      return modelStep({ run, id: String(index), startMs: -index, agent: run });
    });
    expect(told(steps, 16).flat().sort()).toEqual(told(steps).flat().sort());
  });

  it('survives steps that are above themselves', () => {
    const circle = [modelStep({ id: 'a', parent: 'b', agent: 'x' }), agentStep({ id: 'b', parent: 'a' })];
    expect(assemble(circle).runs[0]).toHaveLength(2);
  });
});
