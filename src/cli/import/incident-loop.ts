// The incident in an import: which run, what goes round in it, and what is left of that without the repetitions.
import { MusterError } from '../../base/muster-error.ts';
import { firstRoundOnly } from '../../campaign/incident/first-round.ts';
import { faultyLoops } from '../../check/loops.ts';
import type { Imported, ImportedAsk } from '../../import/imported.ts';
import type { Loop } from '../../loop/loop.ts';
import { redactJson } from '../../llm/redaction/redaction.ts';
import { markText, roundOf, type Mark } from '../../loop/marked-round.ts';
import { stepsOf } from '../../loop/steps-of.ts';
import { timesAround, type Round } from '../../loop/walked-round.ts';
import type { Trace } from '../../trace/trace.ts';
import { chosenRuns } from './step-flags.ts';

export interface IncidentFlags {
  /** One round, marked by a person; null: the first loop that is found. */
  readonly mark: Mark | null;
  /** 1-based, of a file of several; null: the first that loops, or the only one. */
  readonly run: number | null;
}

export interface Incident {
  /** Without secrets: what is told of it is told of what is written. */
  readonly trace: Trace;
  readonly asks: readonly ImportedAsk[];
  /** What goes round, in one line. */
  readonly why: string;
  /** The one round that is marked; null where the loop was found. */
  readonly round: (Mark & Round) | null;
  /** What was seen of the trace without the repetitions, in one line. */
  readonly mended: string;
}

interface Run {
  readonly trace: Trace;
  readonly asks: readonly ImportedAsk[];
}

/** Throws IMPORT_NO_LOOP, IMPORT_NO_RUN, IMPORT_WHICH_RUN, MARK_EMPTY, MARK_ONCE, MARK_LATE. */
export function incidentIn(file: string, imported: Imported, { mark, run }: IncidentFlags): Incident {
  const runs = chosenRuns(file, runsOf(imported), run);
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

/** The first run that loops, and its first loop. */
function found(file: string, runs: readonly Run[]): Incident {
  for (const { trace: raw, asks } of runs) {
    const trace = redactJson(raw, 'secrets');
    const [loop] = faultyLoops(trace);
    if (loop === undefined) continue;
    const left = faultyLoops(firstRoundOnly(trace, loop)).length;
    const mended = mendedText(trace, loop.firstStep, left);
    return { trace, asks, why: loopText(loop), round: null, mended };
  }
  throw new MusterError({
    code: 'IMPORT_NO_LOOP',
    place: file,
    message: `nobody goes round and round in ${runs.length === 1 ? 'this trace' : `these ${runs.length} traces`}, so a test would pass from the start`,
    hint: 'nothing was written; where you see a loop all the same, --steps 5-9 marks one round of it, by the numbers that --list shows',
  });
}

function marked({ trace: raw, asks }: Run, mark: Mark): Incident {
  const trace = redactJson(raw, 'secrets');
  const round = roundOf(trace, mark);
  const { firstStep, secondStep, agents, likeness, times } = round;
  const cut = firstRoundOnly(trace, { firstStep, period: secondStep - firstStep });
  const left = timesAround(cut, round) < 2 ? 0 : 1;
  const why = `marked round of ${agents.join(', ')}, ${markText(round)}, ${times} times: ${likeness}`;
  return { trace, asks, why, round, mended: mendedText(trace, firstStep, left) };
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
