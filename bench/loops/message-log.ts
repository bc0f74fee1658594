// Message logs as the bench reads them: who said what, and what people marked in it.
import { readFileSync } from 'node:fs';
import { MusterError } from '../../src/base/muster-error.ts';
import type { TraceBody, TraceEvent } from '../../src/trace/event.ts';

interface LogMessage {
  readonly agent: string;
  readonly role: string;
  readonly content: string;
  readonly tool?: string | null;
}

/** 0-based places of messages. */
export interface MarkedGroup {
  readonly agent: string;
  readonly steps: readonly number[];
  readonly first_step: number;
  readonly period: number;
}

export interface MessageLog {
  readonly id: string;
  readonly gold?: boolean | null;
  readonly recurring?: readonly MarkedGroup[];
  readonly messages: readonly LogMessage[];
}

/** One log a line. */
export function readLogs(path: string): readonly MessageLog[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.flatMap((line, index) => (line.trim() === '' ? [] : [readLog(line, `${path}:${index + 1}`)]));
}

function readLog(line: string, place: string): MessageLog {
  try {
    const log = JSON.parse(line) as MessageLog;
    if (typeof log.id === 'string' && Array.isArray(log.messages)) return log;
  } catch {
    // told below, with all else that is no log
  }
  throw new MusterError({
    code: 'BENCH_INPUT',
    place,
    message: 'a line must be a log with id and messages',
  });
}

/**
 * Each message is one event, so that the 1-based place of a step is that of its message. What agents say counts as
 * answers of models, unless it is addressed; results of tools, systems and people are what they are.
 */
export function bodiesOf({ messages }: Pick<MessageLog, 'messages'>): readonly TraceBody[] {
  return messages.map(bodyOf);
}

/** The same, as events. */
export function eventsOf(log: Pick<MessageLog, 'messages'>): readonly TraceEvent[] {
  return bodiesOf(log).map((body, index) => ({
    ...body,
    seq: index + 1,
    atMs: index,
    cause: 0,
  }));
}

function bodyOf({ agent, role, content }: LogMessage, index: number): TraceBody {
  const call = `m${index}`;
  const speaker = speakers[role.toLowerCase()] ?? speakers[agent.toLowerCase()];
  if (speaker !== undefined) return { kind: 'message.said', agent, to: null, role: speaker, content };
  if (role.startsWith('-> ')) return handed({ call, from: agent, to: role.slice(3), content });
  return {
    kind: 'model.answered',
    call,
    agent,
    content,
    toolCalls: [],
    finishReason: 'stop',
    usage: { inputTokens: 0, outputTokens: 0 },
    usageUnknown: true,
  };
}

const speakers: Readonly<Record<string, 'user' | 'environment' | 'system'>> = {
  system: 'system',
  tool_result: 'environment',
  tool: 'environment',
  user: 'user',
  human: 'user',
  environment: 'environment',
};

function handed(handoff: Readonly<Record<'call' | 'from' | 'to' | 'content', string>>): TraceBody {
  const { call, from, to, content } = handoff;
  return {
    kind: 'handoff.sent',
    call,
    handoff: call,
    from,
    to,
    attempt: 1,
    payload: { content },
    confidence: null,
    contextVersion: null,
    tokens: 0,
  };
}
