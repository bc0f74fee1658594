// The check of an agent's output at both ends of a handoff: its schema, its right to write, its quality gates.
import type { JsonObject } from '../base/json.ts';
import type { Reply } from './ask.ts';
import type { GateSubject } from './contract.ts';
import { objectionTo, readReply } from './reply-reading.ts';
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

/** Reads an answer's content as the agent's reply and judges it. Never throws for what a model wrote. */
export function checkOutput(team: Team, subject: OutputSubject): OutputFinding {
  const schema = Object.hasOwn(team.answers, subject.agent) ? team.answers[subject.agent] : undefined;
  if (schema === undefined) return rejected('schema', `No agent is called ${subject.agent}.`);
  const read = readReply(schema, subject.content);
  if (read.kind === 'unreadable') return rejected('schema', read.feedback);
  const { reply } = read;
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
  return objectionTo(payload, contract.input);
}

function rejected(gate: string, feedback: string): OutputFinding {
  return { passed: false, reply: null, feedback: [{ gate, feedback }] };
}
