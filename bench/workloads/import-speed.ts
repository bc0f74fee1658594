// A process that reads one generated file in several ways, in turns with `JSON.parse` of the same text; prints ratios.
import { countImported, importStream, importText, importTraces } from '../../src/import/import-text.ts';
import { findLoops } from '../../src/loop/find-loops.ts';
import { generatedFile } from '../harness/generated-files.ts';
import { spreadOf } from '../harness/spread.ts';

export interface ImportSpeed {
  readonly parseMbPerSecond: number;
  /** Times of `JSON.parse` over those of the import, in processor time: medians of rounds, so that noise hits both. */
  readonly ratios: {
    /** On the fly, as a large file is read. */
    readonly stream: number;
    /** Whole, as `muster import` reads any other. */
    readonly whole: number;
    /** Whole, with what models were asked, as `--as loop` reads it. */
    readonly asks: number;
  };
  /** `whole` in a process that has compiled nothing yet; once. */
  readonly coldRatio: number;
  /** All that `muster import` does with a file: read, counted, loops looked for; once. */
  readonly verbRatio: number;
}

const [name = '', megabytes = '16', rounds = '5'] = process.argv.slice(2);
const { format, pieces, parse } = generatedFile(name, Number(megabytes));

const ways: Readonly<Record<keyof ImportSpeed['ratios'], () => boolean>> = {
  whole: () => importTraces(pieces, { format: null }).format === format,
  stream: () => importStream(pieces, { format: null, onEvent: () => undefined }).format === format,
  asks: () => importText(pieces, { format: null }).format === format,
};

function verb(): boolean {
  const imported = importTraces(pieces, { format: null });
  for (const { events } of imported.runs) findLoops(events);
  return countImported(imported).events > 0;
}

/** Processor seconds of all threads: other work on the machine must not count, collection of garbage must. */
function secondsOf(work: () => boolean): number {
  const start = process.cpuUsage();
  if (!work()) throw new Error('the import read another format than was generated');
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

const parses: number[] = [];
const ratios: Record<keyof ImportSpeed['ratios'], number[]> = { whole: [], stream: [], asks: [] };
const coldRatio = secondsOf(() => parse(pieces)) / secondsOf(ways.whole);
for (let round = 0; round <= Number(rounds); round += 1) {
  const parsed = secondsOf(() => parse(pieces));
  const read = { whole: secondsOf(ways.whole), stream: secondsOf(ways.stream), asks: secondsOf(ways.asks) };
  if (round === 0) continue;
  parses.push(parsed);
  for (const way of ['whole', 'stream', 'asks'] as const) ratios[way].push(parsed / read[way]);
}
const parsed = spreadOf(parses).median;
const speed: ImportSpeed = {
  parseMbPerSecond: Number(megabytes) / parsed,
  ratios: {
    stream: spreadOf(ratios.stream).median,
    whole: spreadOf(ratios.whole).median,
    asks: spreadOf(ratios.asks).median,
  },
  coldRatio,
  verbRatio: parsed / secondsOf(verb),
};
console.log(JSON.stringify(speed));
