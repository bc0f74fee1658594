// The child's side of a benchmark: loads the workload named by module and export, and repeats it whenever asked to.
import { pathToFileURL } from 'node:url';
import { elapsedMs } from '../../src/base/clock.ts';
import { memoryMb } from './memory-mb.ts';
import type { Leftover, Order, Slice, Workload } from './workload.ts';

const [modulePath = '', exportName = ''] = process.argv.slice(2);
const workload = await load();

let ordinal = 0;

async function slice(ms: number): Promise<Slice> {
  const cpuBefore = process.cpuUsage();
  const countBefore = ordinal;
  const start = elapsedMs();
  const lane = async (): Promise<void> => {
    while (elapsedMs() - start < ms) {
      const done = workload.once(ordinal++);
      // Only what is not done yet is waited for: a turn of the loop is no part of synchronous work.
      if (done instanceof Promise) await done;
    }
  };
  await Promise.all(Array.from({ length: workload.inFlight }, lane));
  const wallMs = elapsedMs() - start;
  const cpu = process.cpuUsage(cpuBefore);
  return { count: ordinal - countBefore, wallMs, cpuMs: (cpu.user + cpu.system) / 1000 };
}

function settle(): Leftover {
  return { ...memoryMb(), tally: workload.tally?.() ?? {} };
}

process.on('message', (order: Order) => {
  const answer = order.kind === 'slice' ? slice(order.ms) : Promise.resolve(settle());
  answer.then(
    (value) => process.send?.(value),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');

async function load(): Promise<Workload> {
  const exported = (await import(pathToFileURL(modulePath).href)) as Readonly<Record<string, Workload>>;
  const found = exported[exportName];
  if (found === undefined) throw new Error(`${modulePath} exports no ${exportName}`);
  return found;
}
