// Marks of loops in labelled traces: what a person would mark. None of them comes from the code that counts rounds.
import { importText } from '../../src/import/import-text.ts';
import type { Mark } from '../../src/loop/marked-round.ts';
import { StepReader } from '../../src/loop/step-reader.ts';
import type { Trace } from '../../src/trace/trace.ts';

export interface Message {
  readonly agent: string;
  readonly role: string;
  readonly tool?: string;
  readonly content: string;
}

export interface LabelledTrace {
  readonly id: string;
  readonly gold?: boolean | null;
  readonly labels?: { readonly human_recurring?: readonly Recurring[] };
  readonly messages: readonly Message[];
}

/** Message indexes, 0-based, at which a person saw an agent do the same failing thing. */
interface Recurring {
  readonly steps: readonly number[];
}

/** The first round, as indexes of its first and its last message. */
export interface MessageMark {
  /** `read`: by somebody who read the trace; `labelled`: what the label says. */
  readonly by: 'read' | 'labelled';
  readonly first: number;
  readonly last: number;
}

/** Traces whose labels name no round, by a part of their id: read, with the label's note beside them. */
const readMarks: readonly (readonly [id: string, first: number, last: number, why: string])[] = [
  [
    'django__django-11179',
    14,
    15,
    'the editor applies its patch, is told that names are unknown, opens the file',
  ],
  [
    'appworld-03-',
    22,
    26,
    'a login with wrong credentials is sent, tried, refused, and asked to be verified',
  ],
  [
    'appworld-19-',
    22,
    26,
    'a login with wrong credentials is sent, tried, refused, and asked to be verified',
  ],
];

/**
 * By a rule: where the label lists the messages at which an agent fails in the same way, a round goes from one of them
 * to the message before the next, and the first round is marked. Else what was read.
 */
export function marksOf({ id, labels }: LabelledTrace): readonly MessageMark[] {
  const labelled = (labels?.human_recurring ?? []).flatMap(({ steps: [first, second] }): MessageMark[] =>
    first === undefined || second === undefined ? [] : [{ by: 'labelled', first, last: second - 1 }],
  );
  const read = readMarks.flatMap(([part, first, last]): MessageMark[] =>
    id.includes(part) ? [{ by: 'read', first, last }] : [],
  );
  return [...labelled, ...read];
}

/** The same mark as steps, which are counted up to the message before it and up to its end. */
export function stepsMarked(trace: LabelledTrace, { first, last }: MessageMark): Mark {
  return { firstStep: stepsUntil(trace, first) + 1, lastStep: stepsUntil(trace, last + 1) };
}

function stepsUntil(trace: LabelledTrace, messages: number): number {
  const reader = new StepReader();
  for (const event of traceOf({ ...trace, messages: trace.messages.slice(0, messages) }).events)
    reader.read(event);
  return reader.place;
}

/** As `muster import` reads it. */
export function traceOf(trace: LabelledTrace): Trace {
  const [run] = importText([JSON.stringify(trace)], { format: 'messages' }).runs;
  if (run === undefined) throw new Error(`${trace.id} holds no run`);
  return run;
}
