// The check of an agent's output at both ends of a handoff: its schema, its right to write, its quality gates.
import { isDeeperThan, isJsonObject, type JsonObject } from '../base/json.ts';
import type { Reply } from './ask.ts';
import type { GateSubject } from './contract.ts';
import type { Team } from './team.ts';

export interface OutputFinding {
  readonly passed: boolean;
  readonly reply: Reply | null;
  readonly feedback: readonly { readonly gate: string; readonly feedback: string }[];
}

export type OutputSubject = Omit<GateSubject, 'payload' | 'patch'> & {
  readonly content: string;
  readonly gates: readonly string[];
};

/** Far beyond any schema, and far below what a walk over a value can bear. */
const depthMax = 200;

/** Reads an answer's content as the agent's reply and judges it. Never throws for what a model wrote. */
export function checkOutput(team: Team, subject: OutputSubject): OutputFinding {
  const parsed = parse(subject.content);
  if (parsed === null) return rejected('schema', 'The answer is not a JSON object.');
  if (isDeeperThan(parsed, depthMax))
    return rejected('schema', `The answer is nested deeper than ${depthMax}.`);
  const schema = Object.hasOwn(team.answers, subject.agent) ? team.answers[subject.agent] : undefined;
  const result = schema?.safeParse(parsed);
  if (result === undefined) return rejected('schema', `No agent is called ${subject.agent}.`);
  if (!result.success) {
    const issue = result.error.issues[0];
    return rejected('schema', `At ${issue?.path.join('.') || 'the top'}: ${issue?.message ?? 'invalid'}.`);
  }
  const data = result.data as {
    payload: JsonObject;
    context: JsonObject;
    confidence: number;
    flags: string[];
    next?: string;
  };
  const reply: Reply = {
    payload: data.payload,
    patch: data.context,
    confidence: data.confidence,
    flags: data.flags,
    ...(data.next === undefined ? {} : { next: data.next }),
  };
  const feedback: { gate: string; feedback: string }[] = [];
  const { agent, input, slice, toolResults, atMs } = subject;
  const judged: GateSubject = {
    agent,
    payload: reply.payload,
    patch: reply.patch,
    input,
    slice,
    toolResults,
    atMs,
  };
  for (const name of subject.gates) {
    const objection = team.gates[name]?.(judged);
    if (objection !== null && objection !== undefined) feedback.push({ gate: name, feedback: objection });
  }
  return { passed: feedback.length === 0, reply, feedback };
}

/** What is wrong with a payload at the receiver's end; null when it fits. */
export function checkInput(team: Team, agent: string, payload: JsonObject): string | null {
  const contract = Object.hasOwn(team.agents, agent) ? team.agents[agent] : undefined;
  if (contract === undefined) return `no agent is called ${agent}`;
  const result = contract.input.safeParse(payload);
  if (result.success) return null;
  const issue = result.error.issues[0];
  return `at ${issue?.path.join('.') || 'the top'}: ${issue?.message ?? 'invalid'}`;
}

function parse(content: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(content);
    return isJsonObject(value) ? value : null;
  } catch {
    // A model's broken JSON is data: the gate says so in its feedback.
    return null;
  }
}

function rejected(gate: string, feedback: string): OutputFinding {
  return { passed: false, reply: null, feedback: [{ gate, feedback }] };
}
