// The list of steps: the numbers that --steps takes, what lies within a found loop, and foreign words as words.
import { describe, expect, it } from 'vitest';
import { importText } from '../../import/import-text.ts';
import { roundOf } from '../../loop/marked-round.ts';
import { plainPalette } from '../../report/palette.ts';
import { listedSteps, stepListText } from './step-list.ts';

const key = `sk-${'a1'.repeat(12)}`;
const ask = { agent: 'user', role: 'message', content: 'Make the tests pass.' };
const tests = [
  { agent: 'dev', role: 'tool_call', tool: 'run_tests', content: '{"suite":"all"}' },
  { agent: 'dev', role: 'tool_result', tool: 'run_tests', content: '1 failed' },
];
const report = { agent: 'dev', role: 'message', content: `They fail.\n\u001b[31m ${key}` };
const run = (times: number) =>
  JSON.stringify({ messages: [ask, ...Array(times).fill(tests).flat(), report] });
const imported = importText([`${run(2)}\n${run(4)}\n`], { format: 'messages' });
const all = { run: null, redaction: 'secrets' } as const;

describe('the list of steps', () => {
  it('has the numbers that a mark takes, by run', () => {
    const steps = listedSteps('f.jsonl', imported, { ...all, run: 1 });
    expect(steps.map(({ step, agent, kind, tool }) => [step, agent, kind, tool])).toEqual([
      [1, 'user', 'heard', null],
      [3, 'dev', 'used', 'run_tests'],
      [5, 'dev', 'used', 'run_tests'],
      [6, 'dev', 'said', null],
    ]);
    const [, first] = steps;
    const [trace] = imported.runs;
    if (first === undefined || trace === undefined) throw new Error('no step');
    const mark = { firstStep: first.step, lastStep: first.step };
    expect(roundOf(trace, mark)).toMatchObject({ times: 2, steps: [{ text: first.text, tool: first.tool }] });
  });

  it('tells which steps lie within a loop that is found', () => {
    const looping = listedSteps('f.jsonl', imported, all).filter(({ inLoop }) => inLoop);
    expect(looping.map((one) => [one.run, one.step])).toEqual([3, 5, 7, 9].map((step) => [2, step]));
  });

  it('is a line a step for a person, and says how to go on', () => {
    const text = stepListText('f.jsonl', listedSteps('f.jsonl', imported, all), plainPalette);
    expect(text.split('\n')).toEqual([
      'f.jsonl  run 1',
      '     1  (user)              Make the tests pass.',
      '     3  dev uses run_tests  {"suite":"all"}',
      '     5  dev uses run_tests  {"suite":"all"}',
      '     6  dev                 They fail. ␛[31m [redacted:api-key]',
      'f.jsonl  run 2',
      '     1  (user)              Make the tests pass.',
      ...[3, 5, 7, 9].map((step) => `*    ${step}  dev uses run_tests  {"suite":"all"}`),
      '    10  dev                 They fail. ␛[31m [redacted:api-key]',
      '* within a loop that is found',
      'to mark one round of a loop, or all its rounds: muster import f.jsonl --as loop --steps a-b --run n',
      '',
    ]);
  });

  it('shows what is secret where that is asked for, and knows no run that is not there', () => {
    const [last] = listedSteps('f.jsonl', imported, { run: 1, redaction: 'nothing' }).slice(-1);
    expect(last?.text).toContain(key);
    expect(() => listedSteps('f.jsonl', imported, { ...all, run: 3 })).toThrow(/IMPORT_NO_RUN.*\n?.*2 runs/);
  });
});
