// `npm run bench reproduce -- --labelled FILE`: labelled traces that loop, as tests: the same loop again, none after one round.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { MusterError } from '../src/base/muster-error.ts';
import { fileToFailingTest } from './reproduce/file-to-failing-test.ts';
import { foundRow, type FoundRow } from './reproduce/found.ts';
import { marksOf, type LabelledTrace, type MessageMark } from './reproduce/marks.ts';
import { markedRow, type MarkedRow } from './reproduce/marked.ts';

/** The trace whose way is timed in processes of its own has so many messages. */
const wholeMessages = 130;

/**
 * Last line: of the looping traces how many are found, else marked, reproduced, failed on, passed once cut; the same of
 * each mark by where it comes from; and the time of whole processes.
 */
export async function reproduce(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { labelled: { type: 'string' } } });
  const looping = linesOf(values.labelled)
    .map((line) => JSON.parse(line) as LabelledTrace)
    .filter(({ gold }) => gold === true);
  const found: FoundRow[] = [];
  const marked: MarkedRow[] = [];
  for (const record of looping) {
    found.push(await foundRow(record));
    for (const mark of marksOf(record)) marked.push(await markedRow(record, mark));
  }
  for (const row of [...found, ...marked]) console.error(rowText(row));
  const figures = {
    ...traceFigures(found, marked),
    marks: { read: markFigures(marked, 'read'), labelled: markFigures(marked, 'labelled') },
    msMax: Math.max(0, ...found.map(({ ms }) => ms)),
    ...processFigures(looping, found, marked),
  };
  console.log(JSON.stringify(figures));
}

/** A trace in which nothing is found counts by its first mark that is taken. */
function traceFigures(found: readonly FoundRow[], marked: readonly MarkedRow[]): object {
  const shown = found.map((row) =>
    row.found ? row : marked.find(({ id, refused }) => id === row.id && refused === null),
  );
  const count = (of: (row: FoundRow | MarkedRow) => boolean): number =>
    shown.filter((row) => row !== undefined && of(row)).length;
  return {
    looping: found.length,
    found: found.filter((row) => row.found).length,
    marked: shown.filter((row) => row !== undefined && 'refused' in row).length,
    notShown: shown.filter((row) => row === undefined).length,
    sameSequence: found.filter(({ sameSequence }) => sameSequence).length,
    sameLoops: found.filter((row) => row.found && row.sameLoops).length,
    failsOnLoop: count(({ failsOnLoop }) => failsOnLoop),
    passesWhenCut: count((row) => (row.nothingBefore ? row.passesAfterOneRound : row.passesWhenCut)),
    cutWithin: count(({ nothingBefore }) => nothingBefore),
    passesAfterOneRound: count(({ passesAfterOneRound }) => passesAfterOneRound),
  };
}

function markFigures(rows: readonly MarkedRow[], by: MessageMark['by']): object {
  const own = rows.filter((row) => row.by === by);
  const taken = own.filter(({ refused }) => refused === null);
  const count = (of: (row: MarkedRow) => boolean | null): number => taken.filter(of).length;
  return {
    marks: own.length,
    taken: taken.length,
    failsOnLoop: count(({ failsOnLoop }) => failsOnLoop),
    passesWhenCut: count(({ passesWhenCut }) => passesWhenCut),
    passesAfterOneRound: count(({ passesAfterOneRound }) => passesAfterOneRound),
    failsWhenPlanted: count(({ failsWhenPlanted }) => failsWhenPlanted),
    healthyTwins: count(({ passesOnHealthyTwin }) => passesOnHealthyTwin !== null),
    passesOnHealthyTwin: count(({ passesOnHealthyTwin }) => passesOnHealthyTwin),
  };
}

/** One trace of 130 messages, with its loop as it is found, and as it is marked; null where there is no such trace. */
function processFigures(
  looping: readonly LabelledTrace[],
  found: readonly FoundRow[],
  marked: readonly MarkedRow[],
): object {
  const whole = looping.find(
    ({ id, messages }) =>
      messages.length === wholeMessages && found.some((row) => row.id === id && row.found),
  );
  const mark = marked.find(({ id, refused }) => id === whole?.id && refused === null);
  return {
    fileToFailingTestMs: whole === undefined ? null : fileToFailingTest(JSON.stringify(whole)),
    markedFileToFailingTestMs:
      whole === undefined || mark === undefined
        ? null
        : fileToFailingTest(JSON.stringify(whole), ['--steps', mark.steps]),
  };
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

function rowText({ id, ...row }: FoundRow | MarkedRow): string {
  const said = Object.entries(row).map(([name, value]: [string, unknown]) =>
    typeof value === 'boolean' ? `${value ? '+' : '-'}${name}` : `${name} ${String(value)}`,
  );
  return `${id.padEnd(46)} ${said.join(' ')}`;
}
