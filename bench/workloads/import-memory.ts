// A process that reads generated megabytes of OTLP on the fly; prints its highest resident memory, a quarter at a time.
import { importStream } from '../../src/import/import-text.ts';
import { megabytesOf, otlpLines } from '../harness/generated-traces.ts';

const mebibyte = 1024 * 1024;
const megabytes = Number(process.argv[2]);
const highest = [0, 0, 0, 0];
let read = 0;

function* watched(): Generator<string> {
  for (const piece of megabytesOf(otlpLines(), megabytes)) {
    yield piece;
    read += piece.length;
    const quarter = Math.min(3, Math.floor((4 * read) / (megabytes * mebibyte)));
    highest[quarter] = Math.max(highest[quarter] ?? 0, process.memoryUsage.rss() / mebibyte);
  }
}

importStream(watched(), { format: null, onEvent: () => undefined });
console.log(JSON.stringify(highest.map(Math.round)));
