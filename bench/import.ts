// How fast production traces are read against `JSON.parse` of the same bytes, in how much memory, and how fast loops are found.
import { importStream, importText } from '../src/import/import-text.ts';
import { detectionsUpTo, growthOf } from './harness/detection-growth.ts';
import { langsmithLines, megabytesOf, musterLines, otlpLines } from './harness/generated-traces.ts';
import { numberFlag } from './harness/number-flag.ts';
import { spreadOf } from './harness/spread.ts';

const formats: Readonly<Record<string, () => Generator<string>>> = {
  otel: otlpLines,
  langsmith: langsmithLines,
  muster: musterLines,
};

/**
 * `--megabytes` (16) of each format, read `--rounds` (5) times in turns with `JSON.parse` of each line: on the fly, as
 * large files are, and whole. Then `--gb` gigabytes (or 256 MB) generated on the fly, with the resident memory watched;
 * then loops are looked for in `--events` (1,000,000), and in a half, a quarter and an eighth of them.
 */
export async function importBench(args: readonly string[]): Promise<void> {
  const megabytes = numberFlag(args, 'megabytes', 16);
  const rounds = numberFlag(args, 'rounds', 5);
  const gigabytes = args.includes('--gb') ? numberFlag(args, 'gb', 1) : 0.25;
  const speeds = Object.entries(formats).map(([format, lines]) => {
    const pieces = [...megabytesOf(lines(), megabytes)];
    const speed = speedOf(pieces, { format, rounds, megabytes });
    console.log(
      `${format.padEnd(10)} ${speed.mbPerSecond.toFixed(0)} MB/s on the fly, ${speed.wholeMbPerSecond.toFixed(0)} whole; JSON.parse ${speed.parseMbPerSecond.toFixed(0)}; ratio ${speed.ratio.toFixed(2)} and ${speed.wholeRatio.toFixed(2)}`,
    );
    return speed;
  });
  const flatMemoryMb = memoryGrowthMb(gigabytes * 1024);
  const detection = detectionFigures(numberFlag(args, 'events', 1_000_000));
  console.log(
    JSON.stringify({
      mbPerSecond: round(Math.min(...speeds.map((speed) => speed.mbPerSecond))),
      ratioToJsonParse: round(Math.min(...speeds.map(({ ratio }) => ratio))),
      wholeRatioToJsonParse: round(Math.min(...speeds.map(({ wholeRatio }) => wholeRatio))),
      gigabytes,
      flatMemoryMb,
      ...detection,
    }),
  );
}

interface SpeedParts {
  readonly format: string;
  readonly rounds: number;
  readonly megabytes: number;
}

/** Medians over the rounds; the ratio is that of one round, so that noise hits both sides. */
function speedOf(pieces: readonly string[], { format, rounds, megabytes }: SpeedParts) {
  const taken = { parse: [] as number[], stream: [] as number[], whole: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const parse = secondsOf(() => parseLines(pieces));
    const stream = secondsOf(
      () => importStream(pieces, { format: null, onEvent: () => undefined }).format === format,
    );
    const whole = secondsOf(() => importText(pieces, { format: null }).format === format);
    if (round === 0) continue;
    taken.parse.push(parse);
    taken.stream.push(stream);
    taken.whole.push(whole);
  }
  const ratios = (other: readonly number[]) =>
    other.map((seconds, index) => (taken.parse[index] ?? 0) / seconds);
  return {
    mbPerSecond: megabytes / spreadOf(taken.stream).median,
    wholeMbPerSecond: megabytes / spreadOf(taken.whole).median,
    parseMbPerSecond: megabytes / spreadOf(taken.parse).median,
    ratio: spreadOf(ratios(taken.stream)).median,
    wholeRatio: spreadOf(ratios(taken.whole)).median,
  };
}

/** CPU seconds: other work on the machine must not count. */
function secondsOf(work: () => boolean): number {
  const start = process.cpuUsage();
  if (!work()) throw new Error('the import read another format than was generated');
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** What any reader of NDJSON must do at least. */
function parseLines(pieces: readonly string[]): boolean {
  let rest = '';
  let values = 0;
  for (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (JSON.parse(line) !== null) values += 1;
  }
  return values > 0;
}

/** Growth of the highest resident memory in the later three quarters over that of the first. */
function memoryGrowthMb(megabytes: number): number {
  const highest = { early: 0, late: 0 };
  let read = 0;
  const watched = function* (): Generator<string> {
    for (const piece of megabytesOf(otlpLines(), megabytes)) {
      yield piece;
      read += piece.length / 1024 / 1024;
      const part = read < megabytes / 4 ? 'early' : 'late';
      highest[part] = Math.max(highest[part], process.memoryUsage().rss / 1024 / 1024);
    }
  };
  importStream(watched(), { format: null, onEvent: () => undefined });
  console.log(
    `memory: at most ${highest.early.toFixed(0)} MB in the first quarter, ${highest.late.toFixed(0)} MB after`,
  );
  return round(Math.max(0, highest.late - highest.early));
}

/** The median doubling, and the worst. */
function detectionFigures(eventsMax: number) {
  const detections = detectionsUpTo(eventsMax);
  for (const { events, cpuSeconds, loops } of detections)
    console.log(`loops: ${loops} found in ${events} events, ${cpuSeconds.toFixed(2)} s`);
  const growth = spreadOf(growthOf(detections));
  return {
    detectionRatioWhenDoubled: round(growth.median),
    detectionRatioWorst: round(growth.max),
    eventsMax,
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
