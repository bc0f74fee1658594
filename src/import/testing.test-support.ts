// For tests of imports: steps with few words, and what became of them.
import type { TraceEvent } from '../trace/event.ts';
import { Assembler } from './assembly/assembler.ts';
import type { Skipped } from './format.ts';
import type { ImportedAsk } from './imported.ts';
import type { Said, Step, StepBody } from './step.ts';
import { TraceCollector } from './trace-collector.ts';

type Place = Pick<Step, 'run' | 'id' | 'parent' | 'agent' | 'startMs' | 'endMs' | 'place'>;
type Parts<K extends StepBody['kind']> = Partial<Place> & Partial<Extract<StepBody, { readonly kind: K }>>;

const nowhere: Place = {
  run: '',
  id: null,
  parent: null,
  agent: null,
  startMs: null,
  endMs: null,
  place: '',
};
const silence: Said = { text: '', toolCalls: [], finishReason: null, refusal: null, reasoning: null };

export function agentStep(parts: Parts<'agent'>): Step {
  return { ...nowhere, ...parts, kind: 'agent' };
}

export function modelStep({
  said,
  ...parts
}: Omit<Parts<'model'>, 'said'> & { said?: Partial<Said> | null }): Step {
  const empty = { model: 'm', input: null, offers: [], usage: null, error: null } as const;
  return {
    ...nowhere,
    ...empty,
    ...parts,
    said: said === null ? null : { ...silence, ...said },
    kind: 'model',
  };
}

export function toolStep(parts: Parts<'tool'>): Step {
  const empty = { tool: 't', callId: null, arguments: {}, result: null, error: null };
  return { ...nowhere, ...empty, ...parts, kind: 'tool' };
}

export function handoffStep(parts: Parts<'handoff'> & { readonly to: string }): Step {
  return { ...nowhere, from: null, payload: {}, ...parts, kind: 'handoff' };
}

export interface Assembled {
  /** Run by run, as the traces come. */
  readonly runs: readonly (readonly TraceEvent[])[];
  readonly asks: readonly ImportedAsk[];
  readonly skipped: readonly Skipped[];
}

export function assemble(steps: readonly Step[], stepsMax = Infinity): Assembled {
  const asks: ImportedAsk[] = [];
  const collector = new TraceCollector((ask) => asks.push(ask));
  const assembler = new Assembler(collector, stepsMax);
  for (const step of steps) assembler.step(step);
  const skipped = assembler.end();
  return { runs: collector.traces('test').map(({ events }) => events), asks, skipped };
}

/** An event in a few words: `called a`, `answered a`, `tool a t {...}`. */
export function sketch(event: TraceEvent): string {
  const agent = 'agent' in event && event.agent !== null ? ` ${event.agent}` : '';
  const tool = 'tool' in event ? ` ${event.tool}` : '';
  const args = 'arguments' in event ? ` ${JSON.stringify(event.arguments)}` : '';
  const edge = 'handoff' in event ? ` ${event.from}->${event.to}` : '';
  return `${event.kind}${agent}${tool}${args}${edge}`;
}
