// `npm run bench <name>`: measures muster itself. One benchmark a file, named as its verb.
import { MusterError } from '../src/base/muster-error.ts';
import { gateway } from './gateway.ts';
import { gatewayStress } from './gateway-stress.ts';
import { importBench } from './import.ts';
import { loops } from './loops.ts';
import { memory } from './memory.ts';
import { reproduce } from './reproduce.ts';
import { sim } from './sim.ts';
import { virtualHourBench } from './virtual-hour.ts';

type Benchmark = (args: readonly string[]) => Promise<void>;

const benchmarks: Readonly<Record<string, Benchmark>> = {
  gateway,
  'gateway-stress': gatewayStress,
  import: importBench,
  loops,
  memory,
  reproduce,
  sim,
  'virtual-hour': virtualHourBench,
};

try {
  const [name, ...args] = process.argv.slice(2);
  await benchmarkNamed(name)(args);
} catch (error) {
  console.error(error instanceof MusterError ? error.message : error);
  process.exitCode = 2;
}

function benchmarkNamed(name: string | undefined): Benchmark {
  const found = Object.hasOwn(benchmarks, name ?? '') ? benchmarks[name ?? ''] : undefined;
  if (found !== undefined) return found;
  throw new MusterError({
    code: 'BENCH_UNKNOWN',
    message: name === undefined ? 'a benchmark must be named' : 'there is no such benchmark',
    value: name,
    hint: `known: ${Object.keys(benchmarks).join(', ')}`,
  });
}
