// The steps of imported runs by their numbers, so that a person can mark a loop that is not found.
import { faultyLoops } from '../../check/loops.ts';
import type { Imported } from '../../import/imported.ts';
import { redactJson } from '../../llm/redaction/redaction.ts';
import type { Step } from '../../loop/step.ts';
import { StepReader } from '../../loop/step-reader.ts';
import { isStepEvent, stepText } from '../../loop/step-text.ts';
import type { Palette } from '../../report/palette.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { Trace } from '../../trace/trace.ts';
import { chosenRuns } from './step-flags.ts';
import type { OutputRedaction } from './trace-output.ts';

/** Exactly these keys, in this order, in `--list --json`. */
export interface ListedStep {
  /** 1-based, as `--run` and `--steps` take them. */
  readonly run: number;
  readonly step: number;
  readonly agent: string;
  /** `heard` is what people and environments say: it has a number, and is no step of an agent. */
  readonly kind: Step['kind'] | 'heard';
  readonly tool: string | null;
  /** `from->to` */
  readonly edge: string | null;
  readonly text: string;
  /** Whether it lies within a loop that is found. */
  readonly inLoop: boolean;
}

export interface StepListFlags {
  /** 1-based; null: all runs. */
  readonly run: number | null;
  readonly redaction: OutputRedaction;
}

/** By run and step. Throws IMPORT_NO_RUN. */
export function listedSteps(
  file: string,
  { runs }: Pick<Imported, 'runs'>,
  { run, redaction }: StepListFlags,
): readonly ListedStep[] {
  const numbered = runs.map((trace, at) => ({ number: at + 1, trace }));
  return chosenRuns(file, numbered, run).flatMap(({ number, trace }) =>
    stepsIn(redaction === 'nothing' ? trace : redactJson(trace, redaction), number),
  );
}

function stepsIn(trace: Trace, run: number): readonly ListedStep[] {
  const loops = faultyLoops(trace);
  const inLoop = (step: number): boolean =>
    loops.some(({ firstStep, lastStep }) => step >= firstStep && step <= lastStep);
  const reader = new StepReader();
  const texts = new Map<number, string>();
  const listed: ListedStep[] = [];
  for (const event of trace.events) {
    if (isStepEvent(event)) texts.set(event.seq, stepText(event));
    const step = reader.read(event);
    if (step !== null) {
      const { place, agent, kind, tool, edge, seq } = step;
      const text = texts.get(seq) ?? '';
      listed.push({ run, step: place, agent, kind, tool, edge, text, inLoop: inLoop(place) });
    } else if (event.kind === 'message.said') {
      const { agent, content: text } = event;
      const { place } = reader;
      listed.push({ run, step: place, agent, kind: 'heard', tool: null, edge: null, text, inLoop: false });
    }
  }
  return listed.sort((one, other) => one.step - other.step);
}

const textCharsMax = 90;

/** A line a step. What lies within a loop that is found has a star. */
export function stepListText(file: string, steps: readonly ListedStep[], palette: Palette): string {
  const deeds = steps.map(deedOf);
  const wide = Math.max(0, ...deeds.map(({ length }) => length));
  const lines = steps.map((step, at) => {
    const isFirst = step.run !== steps[at - 1]?.run;
    const line = `${step.inLoop ? '*' : ' '}${String(step.step).padStart(5)}  ${(deeds[at] ?? '').padEnd(wide)}  ${shortText(step.text)}`;
    return `${isFirst ? `${palette.bold(`${visibleText(file)}  run ${step.run}`)}\n` : ''}${paintOf(step, palette)(line.trimEnd())}`;
  });
  const several = steps.some(({ run }) => run > 1) ? ' --run n' : '';
  return [
    ...lines,
    steps.some(({ inLoop }) => inLoop) ? '* within a loop that is found' : 'no loop is found that is a fault',
    `to mark one round of a loop, or all its rounds: muster import ${visibleText(file)} --as loop --steps a-b${several}`,
    '',
  ].join('\n');
}

function deedOf({ agent, kind, tool, edge }: ListedStep): string {
  switch (kind) {
    case 'said':
      return visibleText(agent);
    case 'used':
      return visibleText(`${agent} uses ${tool ?? ''}`);
    case 'handed':
      return visibleText(edge ?? agent);
    case 'heard':
      return visibleText(`(${agent})`);
  }
}

function paintOf({ kind, inLoop }: ListedStep, palette: Palette): Palette['bold'] {
  if (inLoop) return palette.bad;
  return kind === 'heard' ? palette.dim : (text) => text;
}

function shortText(text: string): string {
  const line = visibleText(
    text
      .slice(0, 4 * textCharsMax)
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
  return line.length <= textCharsMax ? line : `${line.slice(0, textCharsMax - 1)}…`;
}
