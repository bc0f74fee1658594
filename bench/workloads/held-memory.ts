// A process that runs chaos trials and says, every so many, what memory it still holds; one JSON line a sample.
import { memoryMb } from '../harness/memory-mb.ts';
import { salesTrial } from './sales-trials.ts';

const [trials = 0, every = 1] = process.argv.slice(2).map(Number);

for (let done = 1; done <= trials; done++) {
  salesTrial(done);
  if (done % every === 0) console.log(JSON.stringify({ trials: done, ...memoryMb() }));
}
