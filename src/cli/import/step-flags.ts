// Flags that name steps and runs of an imported trace, read and checked.
import { MusterError } from '../../base/muster-error.ts';
import type { Mark } from '../../loop/marked-round.ts';

/** `5-9`, or `5` alone; absent: nothing is marked. Throws BAD_USAGE. */
export function markOf(text: string | undefined): Mark | null {
  if (text === undefined) return null;
  const [, first, last = first] = /^([1-9]\d{0,8})(?:-([1-9]\d{0,8}))?$/.exec(text) ?? [];
  const mark = { firstStep: Number(first), lastStep: Number(last) };
  if (mark.firstStep <= mark.lastStep) return mark;
  throw new MusterError({
    code: 'BAD_USAGE',
    place: '--steps',
    message: 'these are no steps of a trace',
    value: text,
    hint: '--steps 5-9, from the first step of one round to its last, by the numbers that --list shows',
  });
}

/** 1-based; absent: no run in particular. Throws BAD_USAGE. */
export function runOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new MusterError({
    code: 'BAD_USAGE',
    place: '--run',
    message: 'this is no number of a run',
    value: text,
    hint: '--run 2, counted from 1',
  });
}

/** All of them where no number is given. Throws IMPORT_NO_RUN. */
export function chosenRuns<Run>(file: string, runs: readonly Run[], number: number | null): readonly Run[] {
  if (number === null) return runs;
  const run = runs[number - 1];
  if (run !== undefined) return [run];
  throw new MusterError({
    code: 'IMPORT_NO_RUN',
    place: file,
    message: 'the file has no such run',
    value: String(number),
    hint: `--run counts from 1, and there ${runs.length === 1 ? 'is 1 run' : `are ${runs.length} runs`}`,
  });
}
