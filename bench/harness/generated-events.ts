// A long trace made up event by event: four agents that answer and use tools, and now and then one that loops.
import { createRandom, type Random } from '../../src/base/random.ts';
import type { TraceEvent } from '../../src/trace/event.ts';

const agents = ['planner', 'coder', 'tester', 'critic'];
const tools = ['read_file', 'run_tests', 'search'];
const words = [
  'build',
  'green',
  'red',
  'parser',
  'token',
  'stack',
  'retry',
  'owner',
  'route',
  'price',
  'index',
];
/** Of every `cycle` turns the last `looping` are the same deed again. */
const cycle = 400;
const looping = 12;

/** `count` events; a turn is four: asked, answered, tool called, tool returned. The same seed, the same events. */
export function* loopingEvents(count: number, seed = 1): Generator<TraceEvent> {
  const random = createRandom(seed);
  for (let turn = 0, seq = 0; seq < count; turn += 1)
    for (const event of turnEvents(turn, random)) {
      if (seq >= count) return;
      yield { ...event, seq, cause: seq === 0 ? null : seq - 1 } as TraceEvent;
      seq += 1;
    }
}

function turnEvents(turn: number, random: Random): readonly object[] {
  const isStuck = turn % cycle >= cycle - looping;
  const agent = isStuck ? 'coder' : agents[random.integer(0, agents.length - 1)];
  const tool = isStuck ? 'run_tests' : tools[random.integer(0, tools.length - 1)];
  const path = isStuck ? 'src/stuck.ts' : `src/${sentence(random, 2)}.ts`;
  const stamp = { atMs: turn * 1000, agent };
  const bounds = { version: null, assignment: null, contextVersion: null, epoch: 0, attempt: 1 };
  const asked = { model: 'm', turn: turn + 1, key: `m${turn}`, slice: null, feedback: null };
  const toolCall = { id: `t${turn}`, name: tool, arguments: { path } };
  const called = { tool, arguments: { path }, effect: null, key: `t${turn}` };
  const unbound = { scope: null, credential: null, approval: null };
  const usage = { inputTokens: 812, outputTokens: 31 };
  const said = { content: isStuck ? '' : sentence(random, 30), toolCalls: [toolCall], usage };
  const result = isStuck ? 'not green' : sentence(random, 40);
  return [
    { kind: 'model.called', call: `m${turn}`, ...stamp, ...bounds, ...asked },
    { kind: 'model.answered', call: `m${turn}`, ...stamp, ...said, finishReason: 'tool-calls' },
    { kind: 'tool.called', call: `t${turn}`, ...stamp, ...bounds, ...called, ...unbound },
    { kind: 'tool.returned', call: `t${turn}`, ...stamp, tool, result },
  ];
}

function sentence(random: Random, length: number): string {
  return Array.from(
    { length },
    () => `${words[random.integer(0, words.length - 1)]}${random.integer(0, 99)}`,
  ).join(' ');
}
