// `npm run bench virtual-hour`: an hour of retries and time-outs of real client libraries, in seconds of real time.
import { virtualHour } from './workloads/virtual-hour.ts';

const runs = 5;

/** The first run, which loads what the libraries load late, is told apart from the median of the others. */
export async function virtualHourBench(): Promise<void> {
  const { seconds: firstSeconds } = await timed();
  const others: number[] = [];
  let virtualSeconds = 0;
  for (let run = 0; run < runs; run += 1) {
    const one = await timed();
    others.push(one.seconds);
    virtualSeconds = one.virtualSeconds;
  }
  const realSeconds = others.toSorted((one, other) => one - other)[Math.floor(runs / 2)] ?? 0;
  console.log(`${(virtualSeconds / 60).toFixed(1)} virtual minutes in ${realSeconds.toFixed(3)} s`);
  console.log(`the first run, which loads the libraries: ${firstSeconds.toFixed(3)} s`);
  console.log(JSON.stringify({ virtualSeconds, realSeconds, firstSeconds }));
}

async function timed(): Promise<{ readonly virtualSeconds: number; readonly seconds: number }> {
  const start = performance.now();
  const { virtualSeconds } = await virtualHour();
  return { virtualSeconds, seconds: (performance.now() - start) / 1000 };
}
