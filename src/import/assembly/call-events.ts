// The events of calls, the bulk of any trace: written member by member, with room for the stamp that each gets.
import type { Json } from '../../base/json.ts';
import type { ToolCall } from '../../team/ask.ts';
import type { Usage } from '../../team/usage.ts';
import type { TraceEventOf } from '../../trace/event.ts';
import type { Said } from '../step.ts';

/** Whose call it is: by the name of the call, and of the agent that makes it. */
export interface CallOf {
  readonly call: string;
  readonly agent: string;
}

export function modelCalled(
  { call, agent }: CallOf,
  model: string,
  turn: number,
): TraceEventOf<'model.called'> {
  return {
    kind: 'model.called',
    call,
    agent,
    model,
    turn,
    attempt: 1,
    key: `${agent}/${turn}`,
    epoch: 0,
    version: null,
    assignment: null,
    contextVersion: null,
    slice: null,
    feedback: null,
    seq: 0,
    atMs: 0,
    cause: 0,
  };
}

/** `toolCalls` are those said, each with an id. */
export function modelAnswered(
  { call, agent }: CallOf,
  said: Said | null,
  { toolCalls, usage }: { readonly toolCalls: readonly ToolCall[]; readonly usage: Usage | null },
): TraceEventOf<'model.answered'> {
  const content = said?.text ?? '';
  const finishReason = said?.finishReason ?? (toolCalls.length > 0 ? 'toolCalls' : 'stop');
  if (usage === null) {
    const unbilled = { inputTokens: 0, outputTokens: 0 };
    return {
      kind: 'model.answered',
      call,
      agent,
      content,
      toolCalls,
      finishReason,
      usage: unbilled,
      usageUnknown: true,
      seq: 0,
      atMs: 0,
      cause: 0,
    };
  }
  return {
    kind: 'model.answered',
    call,
    agent,
    content,
    toolCalls,
    finishReason,
    usage,
    seq: 0,
    atMs: 0,
    cause: 0,
  };
}

export function toolCalled(agent: string, call: ToolCall): TraceEventOf<'tool.called'> {
  return {
    kind: 'tool.called',
    call: call.id,
    agent,
    version: null,
    assignment: null,
    tool: call.name,
    arguments: call.arguments,
    effect: null,
    attempt: 1,
    key: call.id,
    scope: null,
    credential: null,
    approval: null,
    contextVersion: null,
    epoch: 0,
    seq: 0,
    atMs: 0,
    cause: 0,
  };
}

export function toolReturned(
  { call, agent }: CallOf,
  tool: string,
  result: Json,
): TraceEventOf<'tool.returned'> {
  return { kind: 'tool.returned', call, agent, tool, result, seq: 0, atMs: 0, cause: 0 };
}
