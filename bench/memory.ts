// `npm run bench memory`: what one process holds while it runs 100,000 chaos trials of the sales team. Each sample is
// taken after a full collection, so a line that rises is a leak and not garbage that nobody fetched yet.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import Table from 'cli-table3';
import { build, compiledPath } from './harness/build.ts';
import { numberFlag } from './harness/number-flag.ts';
import { slopeOf } from './harness/slope.ts';

interface Sample {
  readonly trials: number;
  readonly heapMb: number;
  readonly rssMb: number;
}

const samplesTaken = 10;

/** Flat: along its straight line the heap grew by less than this, whatever the number of trials. */
const grownMbMax = 2;

export async function memory(args: readonly string[]): Promise<void> {
  const trials = numberFlag(args, 'trials', 100_000);
  build();
  const samples = await sampled(trials);
  const table = new Table({ head: ['trials', 'heap MiB', 'resident MiB'], style: { head: [], border: [] } });
  for (const { trials: done, heapMb, rssMb } of samples) table.push([done, heapMb, rssMb]);
  console.log(table.toString());
  console.log(JSON.stringify({ ...slopes(samples), trials, samples }));
}

async function sampled(trials: number): Promise<readonly Sample[]> {
  const script = compiledPath(new URL('./workloads/held-memory.ts', import.meta.url));
  const every = Math.max(1, Math.floor(trials / samplesTaken));
  const child = spawn(process.execPath, ['--expose-gc', script, String(trials), String(every)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  const samples: Sample[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const sample = JSON.parse(line) as Sample;
    samples.push(sample);
    console.error(`bench: ${sample.trials} of ${trials} trials, heap ${sample.heapMb} MiB`);
  }
  const code = await exited;
  if (code !== 0) throw new Error(`the process under measurement ended with ${code}`);
  return samples;
}

/** The straight lines through the samples; the first is left out, as code is still being compiled then. */
function slopes(samples: readonly Sample[]): Readonly<Record<string, number | boolean>> {
  const settled = samples.slice(1);
  const trials = (samples.at(-1)?.trials ?? 0) - (settled[0]?.trials ?? 0);
  const mbPerTrial = (of: 'heapMb' | 'rssMb'): number =>
    slopeOf(settled.map((sample) => [sample.trials, sample[of]]));
  const heapGrownMb = mbPerTrial('heapMb') * trials;
  return {
    flat: heapGrownMb < grownMbMax,
    heapGrownMb: rounded(heapGrownMb),
    heapSlopeBytesPerTrial: rounded(mbPerTrial('heapMb') * 1024 * 1024),
    rssSlopeBytesPerTrial: rounded(mbPerTrial('rssMb') * 1024 * 1024),
  };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
