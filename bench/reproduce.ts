// `npm run bench reproduce -- --labelled FILE`: labelled traces that loop, as tests: the same loop again, none once it is cut.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { elapsedMs } from '../src/base/clock.ts';
import { MusterError } from '../src/base/muster-error.ts';
import { incidentCassette } from '../src/campaign/incident/incident-cassette.ts';
import { runTrial } from '../src/campaign/trial.ts';
import { faultyLoops } from '../src/check/loops.ts';
import { importText } from '../src/import/import-text.ts';
import { cassetteText, parseCassette } from '../src/llm/cassette-file.ts';
import { redactJson } from '../src/llm/redaction.ts';
import type { Loop } from '../src/loop/loop.ts';
import { recordedTeam } from '../src/subject/recorded-team.ts';
import type { Trace } from '../src/trace/trace.ts';

interface Row {
  readonly id: string;
  readonly messages: number;
  readonly found: boolean;
  readonly sameLoops: boolean;
  readonly sameSequence: boolean;
  readonly failsOnLoop: boolean;
  readonly passesWhenCut: boolean;
  readonly ms: number;
}

/** Last line: how many of the looping traces are found, reproduced, failed on and passed once cut. */
export async function reproduce(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { labelled: { type: 'string' } } });
  const rows: Row[] = [];
  for (const line of linesOf(values.labelled)) {
    const record = JSON.parse(line) as { readonly id: string; readonly gold?: boolean | null };
    if (record.gold === true) rows.push(await reproduced(record.id, line));
  }
  for (const row of rows) console.error(rowText(row));
  const count = (of: (row: Row) => boolean): number => rows.filter(of).length;
  const figures = {
    looping: rows.length,
    found: count(({ found }) => found),
    sameSequence: count(({ sameSequence }) => sameSequence),
    sameLoops: count(({ sameLoops, found }) => found && sameLoops),
    failsOnLoop: count(({ failsOnLoop }) => failsOnLoop),
    passesWhenCut: count(({ passesWhenCut, found }) => found && passesWhenCut),
    msMax: Math.max(0, ...rows.map(({ ms }) => ms)),
  };
  console.log(JSON.stringify(figures));
}

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
  const cassette = parseCassette(cassetteText(incidentCassette(trace, asks)), id);
  const again = await played(trace, trace, cassette);
  const firstSeq = Math.min(...loops.map((loop) => loop.firstSeq));
  const cut = { ...trace, events: trace.events.filter(({ seq }) => seq < firstSeq) };
  const without = await played(cut, trace, cassette);
  const loopsAgain = faultyLoops(again.chaos);
  return {
    id,
    messages: (JSON.parse(line) as { messages: readonly unknown[] }).messages.length,
    found: loops.length > 0,
    sameLoops: shapes(loopsAgain) === shapes(loops),
    sameSequence: deeds(again.chaos) === deeds(trace),
    failsOnLoop: loopsAgain.length > 0,
    passesWhenCut: without.passed && faultyLoops(without.chaos).length === 0,
    ms: Math.round(elapsedMs() - startMs),
  };
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
