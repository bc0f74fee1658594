// The incident in an import: which run, what goes round in it, and what is left of that without the repetitions.
import { MusterError } from '../../base/muster-error.ts';
import { firstRoundOnly } from '../../campaign/incident/first-round.ts';
import { faultyLoops } from '../../check/loops.ts';
import type { Imported, ImportedAsk } from '../../import/imported.ts';
import type { Loop } from '../../loop/loop.ts';
import { roundOf, timesAround, type Mark } from '../../loop/marked-round.ts';
import { stepsOf } from '../../loop/steps-of.ts';
import type { Trace } from '../../trace/trace.ts';

export interface IncidentFlags {
  /** One round, marked by a person; null: the first loop that is found. */
  readonly mark: Mark | null;
  /** 1-based, of a file of several; null: the first that loops, or the only one. */
  readonly run: number | null;
}

export interface Incident {
  readonly trace: Trace;
  readonly asks: readonly ImportedAsk[];
  /** What goes round, in one line. */
  readonly why: string;
  /** As it was given; null where the loop was found. */
  readonly mark: Mark | null;
  /** What was seen of the trace without the repetitions, in one line. */
  readonly mended: string;
}

interface Run {
  readonly trace: Trace;
  readonly asks: readonly ImportedAsk[];
}

/** Throws IMPORT_NO_LOOP, IMPORT_NO_RUN, IMPORT_WHICH_RUN, MARK_EMPTY, MARK_ONCE. */
export function incidentIn(file: string, imported: Imported, { mark, run }: IncidentFlags): Incident {
  const runs = chosen(file, runsOf(imported), run);
  if (mark === null) return found(file, runs);
  const [only, ...others] = runs;
  if (only === undefined || others.length > 0) throw whichRun(file, runs.length);
  return marked(only, mark);
}

/** Asks stand in the order of the traces. */
function runsOf({ runs, asks }: Imported): readonly Run[] {
  let at = 0;
  return runs.map((trace) => {
    const calls = trace.events.filter(({ kind }) => kind === 'model.called').length;
    const own = asks.slice(at, at + calls);
    at += calls;
    return { trace, asks: own };
  });
}

function chosen(file: string, runs: readonly Run[], number: number | null): readonly Run[] {
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

/** The first run that loops, and its first loop. */
function found(file: string, runs: readonly Run[]): Incident {
  for (const run of runs) {
    const [loop] = faultyLoops(run.trace);
    if (loop === undefined) continue;
    const left = faultyLoops(firstRoundOnly(run.trace, loop)).length;
    return { ...run, why: loopText(loop), mark: null, mended: mendedText(run.trace, loop.firstStep, left) };
  }
  throw new MusterError({
    code: 'IMPORT_NO_LOOP',
    place: file,
    message: `nobody goes round and round in ${runs.length === 1 ? 'this trace' : `these ${runs.length} traces`}, so a test would pass from the start`,
    hint: 'nothing was written; where you see a loop all the same, --steps 5-9 marks one round of it, by the numbers of its steps',
  });
}

function marked({ trace, asks }: Run, mark: Mark): Incident {
  const round = roundOf(trace, mark);
  const { firstStep, lastStep, agents, alike, times } = round;
  const cut = firstRoundOnly(trace, { firstStep, period: lastStep - firstStep + 1 });
  const left = timesAround(cut, trace, mark) < 2 ? 0 : 1;
  return {
    trace,
    asks,
    why: `marked round of ${agents.join(', ')}, steps ${firstStep} to ${lastStep}, ${times} times: ${alike}`,
    mark,
    mended: mendedText(trace, firstStep, left),
  };
}

function mendedText({ events }: Trace, firstStep: number, loopsLeft: number): string {
  const isFirst = (stepsOf(events)[0]?.place ?? firstStep) >= firstStep;
  const before = isFirst ? 'no agent does anything before the loop; ' : '';
  return loopsLeft === 0
    ? `${before}with its first round alone the recording passes`
    : `${before}its first round alone fails as well: something in it goes round by itself`;
}

function loopText({ kind, agents, firstStep, period, repetitions, tokens, reason }: Loop): string {
  return `${kind} of ${agents.join(', ')} from step ${firstStep}, period ${period}, ${repetitions} times, ${tokens} tokens: ${reason}`;
}

function whichRun(file: string, runs: number): MusterError {
  return new MusterError({
    code: 'IMPORT_WHICH_RUN',
    place: file,
    message: `steps are marked in one run, and the file holds ${runs}`,
    hint: '--run 2 takes the second',
  });
}
