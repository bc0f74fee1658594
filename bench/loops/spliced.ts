// Length-controlled: real stretches of looping logs, spliced into clean logs at seeded places, so that length says nothing.
import { createRandom, type Random } from '../../src/base/random.ts';
import { findLoops } from '../../src/loop/find-loops.ts';
import { isFault } from '../../src/loop/loop.ts';
import type { TraceBody, TraceEvent } from '../../src/trace/event.ts';
import { bodiesOf, type MessageLog } from './message-log.ts';

export interface SplicedFigure {
  readonly trials: number;
  /** Share of the trials in which the expected came out. */
  readonly share: number;
}

interface Splice {
  readonly bodies: readonly TraceBody[];
  /** Steps of one round. */
  readonly period: number;
}

type Splicer = (block: readonly TraceBody[], rounds: number, random: Random, filler: Filler) => Splice;
/** Words that nobody said before, taken from clean logs. */
type Filler = () => TraceBody;

const trialsEach = 100;

/** Kinds whose start and period must come out exactly. */
const looping: Readonly<Record<string, Splicer>> = {
  exact: (block, rounds) => ({
    bodies: repeated(block, rounds, (body) => [body]),
    period: block.length,
  }),
  noisy: (block, rounds, random) => ({
    bodies: repeated(block, rounds, (body) => [
      saying(
        body,
        (text) =>
          `${text} [request ${random.integer(1e9, 9e9)} at 2026-01-01T10:00:${random.integer(10, 59)}Z]`,
      ),
    ]),
    period: block.length,
  }),
  interleaved: (block, rounds, _random, filler) => ({
    bodies: repeated(block, rounds, (body) => [body, filler()]),
    period: 2 * block.length,
  }),
  echoed: (block, rounds) => ({
    bodies: repeated(block, rounds, (body) => [body, body]),
    period: 2 * block.length,
  }),
  reworded: (block, rounds, random) => ({
    bodies: repeated(block, rounds + 2, (body) => [
      saying(body, (text) =>
        text
          .split(' ')
          .filter(() => !random.chance(0.08))
          .join(' '),
      ),
    ]),
    period: block.length,
  }),
};

/** Kinds in which nothing may be found. */
const harmless: Readonly<Record<string, Splicer>> = {
  parallel: (block, rounds) => ({ bodies: parallel(block, rounds), period: 0 }),
  iteration: (block, rounds, _random, filler) => ({
    bodies: iteration(block, rounds, filler),
    period: 0,
  }),
};

export function splicedFigures(logs: Readonly<Record<'clean' | 'looping', readonly MessageLog[]>>) {
  const of = (splicers: typeof looping, isRight: (trial: Trial) => boolean) =>
    Object.entries(splicers).map(([name, splicer]): [string, SplicedFigure] => {
      const trials = Array.from({ length: trialsEach }, (_, seed) => trialOf(logs, splicer, seed));
      return [
        name,
        {
          trials: trialsEach,
          share: trials.filter(isRight).length / trialsEach,
        },
      ];
    });
  return Object.fromEntries([
    ...of(looping, isFoundExactly),
    ['restarted', restarted(logs.clean)] as const,
    ...of(harmless, isLeftAlone).map(([name, figure]) => [`${name} left alone`, figure] as const),
  ]);
}

interface Trial extends Splice {
  readonly at: number;
  readonly events: readonly TraceEvent[];
}

function trialOf(
  logs: Readonly<Record<'clean' | 'looping', readonly MessageLog[]>>,
  splicer: Splicer,
  seed: number,
): Trial {
  const random = createRandom(seed + 1);
  const host = bodiesOf(random.pick(logs.clean));
  const spare = logs.clean.flatMap((log) => spoken(log)).sort(() => (random.chance(0.5) ? 1 : -1));
  const filler: Filler = () => spare.pop() ?? spoken(random.pick(logs.clean))[0]!;
  const source = distinct(spoken(random.pick(logs.looping)));
  const from = random.integer(0, Math.max(0, source.length - 6));
  // One thing said three times in a row by a log that bills nothing is an echo by definition: two at least.
  const block = distinct(source.slice(from)).slice(0, random.integer(2, 6));
  const splice = splicer(block, random.integer(3, 6), random, filler);
  const at = random.integer(0, host.length);
  return {
    ...splice,
    at,
    events: stamped([...host.slice(0, at), ...splice.bodies, ...host.slice(at)]),
  };
}

function isFoundExactly({ events, at, period }: Trial): boolean {
  return findLoops(events).some(
    (loop) => isFault(loop) && loop.firstStep === at + 1 && loop.period === period,
  );
}

/** No fault that lies in what was spliced in. */
function isLeftAlone({ events, at, bodies }: Trial): boolean {
  const steps = bodies.filter(({ kind }) => kind !== 'tool.returned').length;
  return !findLoops(events).some(
    (loop) => isFault(loop) && loop.firstStep > at && loop.firstStep <= at + steps,
  );
}

function restarted(clean: readonly MessageLog[]): SplicedFigure {
  const long = clean.filter((log) => distinct(spoken(log)).length >= 12);
  const right = long.filter((log) => {
    const bodies = bodiesOf(log);
    return findLoops(stamped([...bodies, ...bodies])).some(
      ({ kind, period }) => kind === 'restart' && period === bodies.length,
    );
  });
  return { trials: long.length, share: right.length / long.length };
}

/** What agents said at some length. */
function spoken(log: MessageLog): readonly TraceBody[] {
  return bodiesOf(log).filter(
    (body) => body.kind === 'model.answered' && body.content.split(/\s+/).length >= 15,
  );
}

function distinct(bodies: readonly TraceBody[]): readonly TraceBody[] {
  const texts = new Map(bodies.map((body) => [body.kind === 'model.answered' ? body.content : '', body]));
  return [...texts.values()];
}

function saying(body: TraceBody, change: (text: string) => string): TraceBody {
  return body.kind === 'model.answered' ? { ...body, content: change(body.content) } : body;
}

function repeated(
  block: readonly TraceBody[],
  rounds: number,
  make: (body: TraceBody) => readonly TraceBody[],
): readonly TraceBody[] {
  return Array.from({ length: rounds }, () => block.flatMap(make)).flat();
}

function toolUse(agent: string, query: string, result: string, call: string): readonly TraceBody[] {
  const use = { call, agent, tool: 'fetch' };
  const rest = {
    version: null,
    assignment: null,
    effect: null,
    attempt: 1,
    key: call,
    scope: null,
  };
  const more = {
    credential: null,
    approval: null,
    contextVersion: null,
    epoch: 1,
  };
  return [
    { kind: 'tool.called', ...use, ...rest, ...more, arguments: { query } },
    { kind: 'tool.returned', ...use, result },
  ];
}

/** One answer that asks for the same thing several times at once. */
function parallel(block: readonly TraceBody[], rounds: number): readonly TraceBody[] {
  const [first] = block;
  if (first?.kind !== 'model.answered') return [];
  const toolCalls = Array.from({ length: rounds }, (_, at) => ({
    id: `p${at}`,
    name: 'fetch',
    arguments: {},
  }));
  return [
    { ...first, toolCalls },
    ...toolCalls.flatMap(({ id }) => toolUse(first.agent, 'the same', 'nothing', id)),
  ];
}

/** The same tool over changing arguments, each with something new to say. */
function iteration(block: readonly TraceBody[], rounds: number, filler: Filler): readonly TraceBody[] {
  const agent = block[0]?.kind === 'model.answered' ? block[0].agent : 'a';
  return Array.from({ length: rounds }, (_, at) => {
    const said = filler();
    return toolUse(agent, `page ${at}`, said.kind === 'model.answered' ? said.content : '', `i${at}`);
  }).flat();
}

/** Calls get names of their own: a call that is made again is no second one. */
function stamped(bodies: readonly TraceBody[]): readonly TraceEvent[] {
  return bodies.map((body, index) => ({
    ...renamed(body, index),
    seq: index + 1,
    atMs: index,
    cause: 0,
  }));
}

function renamed(body: TraceBody, index: number): TraceBody {
  if (body.kind === 'model.answered') return { ...body, call: `c${index}` };
  return body.kind === 'handoff.sent' ? { ...body, call: `c${index}`, handoff: `c${index}` } : body;
}
