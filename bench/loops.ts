// `npm run bench loops -- --labelled FILE --step-marked FILE`: how well loops are told, beside what anybody would try
// first, on logs that people judged and on clean logs with loops spliced in. The last line is JSON with every figure.
import { MusterError } from '../src/base/muster-error.ts';
import { baselinesNote } from './loops/baselines.ts';
import { labelledFigures } from './loops/labelled.ts';
import { readLogs } from './loops/message-log.ts';
import { splicedFigures } from './loops/spliced.ts';
import { stabilityFigures } from './loops/stability.ts';
import { markedFigures } from './loops/step-marked.ts';

export function loops(args: readonly string[]): Promise<void> {
  const labelled = readLogs(fileFlag(args, 'labelled'));
  const marked = readLogs(fileFlag(args, 'step-marked'));
  const clean = marked.filter(({ recurring }) => (recurring ?? []).length === 0);
  const looping = labelled.filter(({ gold }) => gold === true);
  const figures = {
    labelled: labelledFigures(labelled),
    stepMarked: markedFigures(marked),
    stability: stabilityFigures({ labelled, marked }),
    lengthControlled: splicedFigures({ clean, looping }),
  };
  console.table(figures.labelled.all);
  console.table(figures.labelled.oneHalf);
  console.table(figures.labelled.otherHalf);
  console.log(baselinesNote);
  console.table(figures.stepMarked);
  console.table(figures.stability);
  console.table(figures.lengthControlled);
  console.log(JSON.stringify(figures));
  return Promise.resolve();
}

function fileFlag(args: readonly string[], name: string): string {
  const at = args.indexOf(`--${name}`);
  const file = at === -1 ? undefined : args[at + 1];
  if (file !== undefined) return file;
  throw new MusterError({
    code: 'BAD_USAGE',
    place: `--${name}`,
    message: 'a file of logs, one a line, is missing',
  });
}
