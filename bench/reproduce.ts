// `npm run bench reproduce -- --labelled FILE`: labelled traces that loop, as tests: the same loop again, none after one round.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { elapsedMs } from '../src/base/clock.ts';
import { MusterError } from '../src/base/muster-error.ts';
import { firstRoundOnly } from '../src/campaign/incident/first-round.ts';
import { incidentCassette } from '../src/campaign/incident/incident-cassette.ts';
import { runTrial } from '../src/campaign/trial.ts';
import { faultyLoops } from '../src/check/loops.ts';
import { importText } from '../src/import/import-text.ts';
import { cassetteText, parseCassette } from '../src/llm/cassette-file.ts';
import { redactJson } from '../src/llm/redaction.ts';
import type { Loop } from '../src/loop/loop.ts';
import { roundOf, timesAround, type MarkedRound } from '../src/loop/marked-round.ts';
import { stepsOf } from '../src/loop/steps-of.ts';
import { recordedTeam } from '../src/subject/recorded-team.ts';
import type { Trace } from '../src/trace/trace.ts';
import { fileToFailingTest } from './file-to-failing-test.ts';

interface Row {
  readonly id: string;
  readonly messages: number;
  readonly found: boolean;
  /** Not found, and some round in it comes back, so that it can be marked. */
  readonly marked: boolean;
  readonly sameLoops: boolean;
  readonly sameSequence: boolean;
  readonly failsOnLoop: boolean;
  readonly passesWhenCut: boolean;
  readonly passesAfterOneRound: boolean;
  readonly ms: number;
}

/** Last line: how many of the looping traces are found, else marked, reproduced, failed on, passed once cut; and one whole process. */
export async function reproduce(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { labelled: { type: 'string' } } });
  const rows: Row[] = [];
  let line130 = '';
  for (const line of linesOf(values.labelled)) {
    const record = JSON.parse(line) as { readonly id: string; readonly gold?: boolean | null };
    if (record.gold !== true) continue;
    const row = await reproduced(record.id, line);
    rows.push(row);
    if (row.found && row.messages === wholeMessages) line130 = line;
  }
  for (const row of rows) console.error(rowText(row));
  const count = (of: (row: Row) => boolean): number => rows.filter(of).length;
  const figures = {
    looping: rows.length,
    found: count(({ found }) => found),
    marked: count(({ marked }) => marked),
    sameSequence: count(({ sameSequence }) => sameSequence),
    sameLoops: count(({ sameLoops, found }) => found && sameLoops),
    failsOnFound: count(({ failsOnLoop, found }) => found && failsOnLoop),
    failsOnMarked: count(({ failsOnLoop, marked }) => marked && failsOnLoop),
    passesWhenCut: count(({ passesWhenCut, found }) => found && passesWhenCut),
    foundPassesAfterOneRound: count(({ passesAfterOneRound, found }) => found && passesAfterOneRound),
    markedPassesAfterOneRound: count(({ passesAfterOneRound, marked }) => marked && passesAfterOneRound),
    msMax: Math.max(0, ...rows.map(({ ms }) => ms)),
    fileToFailingTestMs: line130 === '' ? null : fileToFailingTest(line130),
  };
  console.log(JSON.stringify(figures));
}

/** The trace whose way is timed in processes of its own has so many messages. */
const wholeMessages = 130;

function linesOf(path: string | undefined): readonly string[] {
  if (path !== undefined)
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  throw new MusterError({
    code: 'BAD_USAGE',
    place: '--labelled',
    message: 'a file of labelled traces must be named',
    hint: 'npm run bench reproduce -- --labelled labelled.jsonl',
  });
}

/** What `muster import --as loop` writes, and its suite runs, in this process. */
async function reproduced(id: string, line: string): Promise<Row> {
  const startMs = elapsedMs();
  const { runs, asks } = importText([line], { format: 'messages' });
  const trace = redactJson(runs[0] ?? null, 'secrets');
  if (trace === null) throw new Error(`${id} holds no run`);
  const loops = faultyLoops(trace);
  const [loop] = loops;
  const round = loop === undefined ? shortestRound(trace) : null;
  const fails = (run: Trace): boolean =>
    round === null ? faultyLoops(run).length > 0 : timesAround(run, trace, round) > 1;
  const cassette = parseCassette(cassetteText(incidentCassette(trace, asks)), id);
  const again = await played(trace, trace, cassette);
  const firstSeq = Math.min(...loops.map((one) => one.firstSeq));
  const cut = { ...trace, events: trace.events.filter(({ seq }) => seq < firstSeq) };
  const without = await played(cut, trace, cassette);
  const oneRound = await played(firstRoundOnly(trace, loop ?? placed(round)), trace, cassette);
  return {
    id,
    messages: (JSON.parse(line) as { messages: readonly unknown[] }).messages.length,
    found: loop !== undefined,
    marked: round !== null,
    sameLoops: shapes(faultyLoops(again.chaos)) === shapes(loops),
    sameSequence: deeds(again.chaos) === deeds(trace),
    failsOnLoop: fails(again.chaos),
    passesWhenCut: without.passed && !fails(without.chaos),
    passesAfterOneRound: oneRound.passed && !fails(oneRound.chaos),
    ms: Math.round(elapsedMs() - startMs),
  };
}

const roundStepsMax = 6;

/**
 * In place of the person who marks the loop: the shortest stretch of steps that comes back twice at once, the earliest of
 * that length. It shows that a mark is kept, and not that a person would have marked the same.
 */
function shortestRound(trace: Trace): MarkedRound | null {
  const places = stepsOf(trace.events).map(({ place }) => place);
  for (let length = 1; length <= roundStepsMax; length += 1)
    for (let at = 0; at + 3 * length <= places.length; at += 1) {
      const mark = { firstStep: places[at] ?? 0, lastStep: places[at + 3 * length - 1] ?? 0 };
      const round = roundIn(trace, mark);
      if (round?.signs.length === length && round.times > 2) return round;
    }
  return null;
}

function roundIn(trace: Trace, mark: Parameters<typeof roundOf>[1]): MarkedRound | null {
  try {
    return roundOf(trace, mark);
  } catch (error) {
    if (error instanceof MusterError) return null;
    throw error;
  }
}

function placed(round: MarkedRound | null): Pick<Loop, 'firstStep' | 'period'> {
  return round === null
    ? { firstStep: Infinity, period: 1 }
    : { firstStep: round.firstStep, period: round.lastStep - round.firstStep + 1 };
}

async function played(
  trace: Trace,
  { mission, seed }: Trace,
  cassette: Parameters<typeof recordedTeam>[0]['cassette'],
): Promise<Awaited<ReturnType<typeof runTrial>>> {
  return runTrial({ subject: recordedTeam({ trace, cassette }), mission, seed, plan: null });
}

function shapes(loops: readonly Loop[]): string {
  return JSON.stringify(
    loops.map(({ kind, agents, tools, firstStep, lastStep, period, repetitions }) => [
      kind,
      agents,
      tools,
      firstStep,
      lastStep,
      period,
      repetitions,
    ]),
  );
}

/** Who said, called and handed over what, in order. */
function deeds({ events }: Trace): string {
  const told = events.flatMap((event): readonly unknown[] => {
    if (event.kind === 'model.answered') return [[event.agent, event.content, event.toolCalls]];
    if (event.kind === 'tool.called') return [[event.agent, event.tool, event.arguments]];
    if (event.kind === 'tool.returned') return [[event.agent, event.result]];
    return event.kind === 'handoff.sent' ? [[event.from, event.to, event.payload]] : [];
  });
  return JSON.stringify(told);
}

function rowText({ id, messages, ms, ...marks }: Row): string {
  const said = Object.entries(marks).map(([mark, holds]) => `${holds ? '+' : '-'}${mark}`);
  return `${id.padEnd(46)} ${String(messages).padStart(4)} messages ${String(ms).padStart(6)} ms  ${said.join(' ')}`;
}
