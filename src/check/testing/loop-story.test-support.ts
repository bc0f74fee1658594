// What agents do in the stories about loops: they answer, use a tool, hand on, are judged, or are heard of.
import type { JsonObject } from '../../base/json.ts';
import type { Line, Story } from './trace-story.test-support.ts';

let serial = 0;
export const next = (): string => `n${(serial += 1)}`;

/** A model call and its answer: 10 tokens. */
export function answer(agent: string, content: string, assignment: string | null = null): Story {
  const call = next();
  return [
    {
      kind: 'model.called',
      call,
      agent,
      version: null,
      model: 'm',
      assignment,
      turn: 1,
      attempt: 1,
      key: call,
      contextVersion: null,
      slice: null,
      feedback: null,
      epoch: 1,
    },
    {
      kind: 'model.answered',
      call,
      agent,
      content,
      toolCalls: [],
      finishReason: 'stop',
      usage: { inputTokens: 8, outputTokens: 2 },
    },
  ];
}

export function use(agent: string, query: string, result: string, attempt = 1): Story {
  const call = next();
  const tool = 'search';
  return [
    {
      kind: 'tool.called',
      call,
      agent,
      version: null,
      assignment: null,
      tool,
      arguments: { query },
      effect: null,
      attempt,
      key: call,
      scope: null,
      credential: null,
      approval: null,
      contextVersion: null,
      epoch: 1,
    },
    { kind: 'tool.returned', call, agent, tool, result },
  ];
}

export function hand(from: string, to: string, payload: JsonObject): Line {
  const call = next();
  return {
    kind: 'handoff.sent',
    call,
    handoff: call,
    from,
    to,
    attempt: 1,
    payload,
    confidence: null,
    contextVersion: null,
    tokens: 0,
  };
}

/** A gate that rejects what the agent did last. */
export function reject(agent: string): Story {
  const call = next();
  return [
    { kind: 'gate.called', call, agent, assignment: null, rework: 1, gates: ['g'] },
    { kind: 'gate.answered', call, passed: false },
  ];
}

export const times = (count: number, make: (round: number) => Story): Story =>
  Array.from({ length: count }, (_, round) => make(round)).flat();
