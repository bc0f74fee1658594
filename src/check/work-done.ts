// Work done: how much a run asked of the world, for comparison with its control.
import type { TraceEvent } from '../trace/event.ts';
import type { Trace } from '../trace/trace.ts';

/** Counts of dispatched crossings and of the steward's second tries; `tokens` are those of all answers that came. */
export interface WorkDone {
  readonly modelCalls: number;
  readonly toolCalls: number;
  readonly gateChecks: number;
  readonly handoffs: number;
  readonly questions: number;
  readonly retries: number;
  readonly reworks: number;
  readonly resumes: number;
  readonly tokens: number;
}

const countedAs: ReadonlyMap<TraceEvent['kind'], Exclude<keyof WorkDone, 'tokens'>> = new Map([
  ['model.called', 'modelCalls'],
  ['tool.called', 'toolCalls'],
  ['tool.probed', 'toolCalls'],
  ['gate.called', 'gateChecks'],
  ['handoff.sent', 'handoffs'],
  ['approval.asked', 'questions'],
  ['retry.scheduled', 'retries'],
  ['rework.requested', 'reworks'],
  ['resumed', 'resumes'],
]);

export function workDone(trace: Trace): WorkDone {
  const work = {
    modelCalls: 0,
    toolCalls: 0,
    gateChecks: 0,
    handoffs: 0,
    questions: 0,
    retries: 0,
    reworks: 0,
    resumes: 0,
    tokens: 0,
  };
  for (const event of trace.events) {
    if (event.kind === 'model.answered') {
      work.tokens += event.usage.inputTokens + event.usage.outputTokens;
      continue;
    }
    const counted = countedAs.get(event.kind);
    if (counted !== undefined) work[counted] += 1;
  }
  return work;
}

/** Calls of every kind: crossings that cost somebody something. */
export function callsOf(work: WorkDone): number {
  return work.modelCalls + work.toolCalls + work.gateChecks + work.handoffs + work.questions;
}

/** What the run did more often than its control, in words; empty when nothing. Tokens alone are not work. */
export function extraWork(run: WorkDone, control: WorkDone): readonly string[] {
  const extra: string[] = [];
  for (const [name, noun] of nouns) {
    const count = run[name] - control[name];
    if (count > 0) extra.push(`${noun} +${count}`);
  }
  return extra;
}

const nouns: readonly (readonly [Exclude<keyof WorkDone, 'tokens'>, string])[] = [
  ['modelCalls', 'model calls'],
  ['toolCalls', 'tool calls'],
  ['gateChecks', 'gate checks'],
  ['handoffs', 'handoffs'],
  ['questions', 'questions to people'],
  ['retries', 'retries'],
  ['reworks', 'reworks'],
  ['resumes', 'resumes'],
];
