// A marked loop as a test: it fails on the whole trace and on a planted round, and on no twin without a second round.
import { MusterError } from '../../src/base/muster-error.ts';
import { redactJson } from '../../src/llm/redaction/redaction.ts';
import { parseRound, roundText } from '../../src/campaign/incident/round-file.ts';
import { roundOf } from '../../src/loop/marked-round.ts';
import { stepsOf } from '../../src/loop/steps-of.ts';
import { timesAround, type Round } from '../../src/loop/walked-round.ts';
import type { Trace } from '../../src/trace/trace.ts';
import { stepsMarked, traceOf, type LabelledTrace, type MessageMark } from './marks.ts';
import { cassetteOf, replayed } from './replay.ts';
import { twinsOf } from './twins.ts';

export interface MarkedRow {
  readonly id: string;
  readonly by: MessageMark['by'];
  /** `25-29`, as `--steps` has it. */
  readonly steps: string;
  /** The code of the error with which `--steps` is refused; null: it is taken, and the rest holds. */
  readonly refused: string | null;
  readonly failsOnLoop: boolean;
  readonly passesWhenCut: boolean;
  /** Before the loop nobody does anything, so that passing there says nothing. */
  readonly nothingBefore: boolean;
  readonly passesAfterOneRound: boolean;
  readonly failsWhenPlanted: boolean;
  /** Null: before the loop the agents do too little to make a twin of. */
  readonly passesOnHealthyTwin: boolean | null;
}

export async function markedRow(record: LabelledTrace, mark: MessageMark): Promise<MarkedRow> {
  const steps = stepsMarked(record, mark);
  const row = { id: record.id, by: mark.by, steps: `${steps.firstStep}-${steps.lastStep}` };
  const trace = redactJson(traceOf(record), 'secrets');
  try {
    const round = parseRound(roundText(roundOf(trace, steps)), record.id);
    return { ...row, refused: null, ...(await verdicts({ record, trace, mark, round })) };
  } catch (error) {
    if (!(error instanceof MusterError)) throw error;
    return { ...row, refused: error.code, ...none };
  }
}

type Verdicts = Omit<MarkedRow, 'id' | 'by' | 'steps' | 'refused'>;

const none: Verdicts = {
  failsOnLoop: false,
  passesWhenCut: false,
  nothingBefore: false,
  passesAfterOneRound: false,
  failsWhenPlanted: false,
  passesOnHealthyTwin: null,
};

interface MarkedParts {
  readonly record: LabelledTrace;
  /** What the record holds, without secrets. */
  readonly trace: Trace;
  readonly mark: MessageMark;
  readonly round: Round;
}

/** Cut traces are played with the cassette of the whole one, as they are in the generated suite. */
async function verdicts({ record, trace, mark, round }: MarkedParts): Promise<Verdicts> {
  const cassette = cassetteOf(trace);
  const twins = twinsOf(record, mark);
  const passes = async (twin: LabelledTrace, own?: typeof cassette): Promise<boolean> =>
    timesAround(await replayed(redactJson(traceOf(twin), 'secrets'), own), round) < 2;
  return {
    failsOnLoop: !(await passes(record, cassette)),
    passesWhenCut: await passes(twins.beforeLoop, cassette),
    nothingBefore: stepsOf(traceOf(twins.beforeLoop).events).length === 0,
    passesAfterOneRound: await passes(twins.oneRound, cassette),
    failsWhenPlanted: !(await passes(twins.planted)),
    passesOnHealthyTwin: twins.healthy === null ? null : await passes(twins.healthy),
  };
}
