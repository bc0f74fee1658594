// How fast production traces are read against `JSON.parse` of the same bytes, in how much memory, and how fast loops are found.
import { build } from './harness/build.ts';
import { detectionsUpTo, growthOf } from './harness/detection-growth.ts';
import { generatedFileNames } from './harness/generated-files.ts';
import { measuredInChild } from './harness/measured-child.ts';
import { numberFlag } from './harness/number-flag.ts';
import { spreadOf } from './harness/spread.ts';
import type { ImportSpeed } from './workloads/import-speed.ts';

/**
 * `--megabytes` (16) of each format, read `--rounds` (5) times in turns with `JSON.parse`: on the fly, as large files are,
 * whole, and whole with what models were asked; each in a process of its own, as compiled. Then `--gb` gigabytes (or 256
 * MB) generated on the fly, with the resident memory watched; then loops are looked for in `--events` (1,000,000), and in
 * a half, a quarter and an eighth of them. Of ratios the last line says the worst of all formats.
 */
export async function importBench(args: readonly string[]): Promise<void> {
  const size = [numberFlag(args, 'megabytes', 16), numberFlag(args, 'rounds', 5)];
  const gigabytes = args.includes('--gb') ? numberFlag(args, 'gb', 1) : 0.25;
  build();
  const speeds = generatedFileNames.map((name) => speedOf(name, size));
  const memory = memoryFigures(gigabytes * 1024);
  const detection = detectionFigures(numberFlag(args, 'events', 1_000_000));
  const worst = (figure: (speed: ImportSpeed) => number): number => round(Math.min(...speeds.map(figure)));
  console.log(
    JSON.stringify({
      mbPerSecond: worst(({ parseMbPerSecond, ratios }) => parseMbPerSecond * ratios.stream),
      ratioToJsonParse: worst(({ ratios }) => ratios.stream),
      wholeRatioToJsonParse: worst(({ ratios }) => ratios.whole),
      asksRatioToJsonParse: worst(({ ratios }) => ratios.asks),
      coldRatioToJsonParse: worst(({ coldRatio }) => coldRatio),
      verbRatioToJsonParse: worst(({ verbRatio }) => verbRatio),
      gigabytes,
      ...memory,
      ...detection,
    }),
  );
}

function speedOf(name: string, size: readonly number[]): ImportSpeed {
  const source = new URL('./workloads/import-speed.ts', import.meta.url);
  const speed = measuredInChild(source, [name, ...size]) as ImportSpeed;
  const { parseMbPerSecond, ratios, coldRatio, verbRatio } = speed;
  const shown = { ...ratios, cold: coldRatio, 'with loops': verbRatio };
  const texts = Object.entries(shown).map(([way, ratio]) => `${way} ${ratio.toFixed(2)}`);
  console.log(
    `${name.padEnd(20)} JSON.parse ${parseMbPerSecond.toFixed(0)} MB/s; ratios: ${texts.join(', ')}`,
  );
  return speed;
}

/** Growth is that of the highest resident memory in the later three quarters over that of the first. */
function memoryFigures(megabytes: number) {
  const source = new URL('./workloads/import-memory.ts', import.meta.url);
  const rssMbByQuarter = measuredInChild(source, [megabytes]) as readonly number[];
  const [first = 0, ...later] = rssMbByQuarter;
  console.log(`memory: at most ${rssMbByQuarter.join(', ')} MB in each quarter`);
  return { flatMemoryMb: Math.max(0, ...later.map((mb) => mb - first)), rssMbByQuarter };
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
