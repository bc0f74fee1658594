// A team of one agent on the real `openai` client, for tests of what goes over the wire.
import OpenAI from 'openai';
import type { Injection, Plan } from '../chaos/plan.ts';
import type { RunPlan, Subject } from '../engine/run.ts';
import type { ToolDouble } from '../llm/double.ts';
import { script, type AgentScript } from '../llm/script.ts';
import type { Trace } from '../trace/trace.ts';
import { httpFunction, type HttpFunctionParts } from './http-function.ts';

export const messages = [
  { role: 'system' as const, content: 'You are the writer.' },
  { role: 'user' as const, content: 'Write a line.' },
];

export interface SoloParts {
  readonly run: (client: OpenAI) => Promise<unknown>;
  readonly writer: AgentScript;
  readonly tools?: Readonly<Record<string, ToolDouble>>;
  readonly more?: Partial<HttpFunctionParts>;
}

export function solo({ run, writer, tools = {}, more = {} }: SoloParts): Subject {
  return httpFunction({
    name: 'solo',
    agents: ['writer'],
    attribution: [{ agent: 'writer', system: 'the writer' }],
    run: async (_mission, { apiKey }) => run(new OpenAI({ apiKey })),
    doubles: {
      model: script({ agents: { writer } }),
      tools,
      human: () => null,
      pace: { modelMs: [1_000, 1_000], toolMs: [100, 100], handoffMs: [10, 10] },
    },
    ...more,
  });
}

export function runPlan(injections: readonly Injection[] = [], horizonMs = 3_600_000): RunPlan {
  const chaos: Plan = { schemaVersion: 1, name: 'test', hypothesis: 'none', injections };
  return {
    mission: { id: 'mission', goal: 'a line', input: {}, context: {} },
    seed: 1,
    chaos: injections.length === 0 ? null : chaos,
    horizonMs,
    schedule: null,
    role: 'judged',
  };
}

/** `kind` of every event, with what tells models' failures apart. */
export function kinds(trace: Trace): readonly string[] {
  return trace.events.map((event) =>
    event.kind === 'model.failed'
      ? `${event.kind} ${event.reason}${event.status === null ? '' : ` ${event.status}`}`
      : event.kind,
  );
}

/** Virtual milliseconds from the first to the last event. */
export function lastedMs(trace: Trace): number {
  return (trace.events.at(-1)?.atMs ?? 0) - (trace.events[0]?.atMs ?? 0);
}
