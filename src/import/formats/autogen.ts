// AutoGen: AG2 group chats (the speaker is `name`), AutoGen 0.4 messages (`source`, `type`), Magentic-One logs (`role`).
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { momentMs } from '../dialect/moment.ts';
import { plainText } from '../dialect/pieces.ts';
import { usageOf } from '../dialect/usage-of.ts';
import type { StepSink, TraceFormat } from '../format.ts';
import { holdsDialect } from '../logs/message-log.ts';
import { MessageLogReader, type LogWriter } from '../logs/message-log-reader.ts';
import { bystander, plainLine, SpeakerLog, type LineKind, type SpeakerLine } from '../logs/speaker-log.ts';
import { asList, asObject, below, firstText, listIn, neededText, objectIn } from '../reading.ts';
import { broken } from '../source/broken.ts';

export const autogen: TraceFormat = {
  name: 'autogen',
  title: 'AutoGen, AG2 and Magentic-One: {history: [{content, role, name}]}, or messages with a source',
  shapes: ['document', 'records'],
  detects: ({ values: [first, ...more], shape }) => {
    if (first === undefined) return false;
    const isList = shape === 'document' && Array.isArray(first);
    return holdsDialect(isList ? (first as readonly Json[]) : [first, ...more], 'speakers');
  },
  open: (sink) =>
    new MessageLogReader({
      isMessage: (value) =>
        isJsonObject(value) && 'content' in value && ('source' in value || 'role' in value),
      open: ({ run }) => new GroupChat(run, sink),
    }),
};

/** Types of AutoGen 0.4 that tell again what other messages tell. */
const echoes: Readonly<Record<string, string>> = {
  ModelClientStreamingChunkEvent: 'the whole message follows its chunks',
  ToolCallSummaryMessage: 'it repeats the results of tools',
};

type Line = Omit<SpeakerLine, 'kind' | 'content'>;

class GroupChat implements LogWriter {
  readonly #log: SpeakerLog;
  readonly #sink: StepSink;

  constructor(run: string, sink: StepSink) {
    this.#log = new SpeakerLog(run, sink);
    this.#sink = sink;
  }

  take(value: Json, place: string): void {
    const message = asObject(value, place);
    const type = firstText(message, ['type']) ?? '';
    const echo = echoes[type];
    if (echo !== undefined) {
      this.#sink.skip(type, echo);
      return;
    }
    const line = lineOf(message, place);
    if (type === 'ToolCallRequestEvent') this.#calls(message['content'], line);
    else if (type === 'ToolCallExecutionEvent') this.#results(message['content'], line);
    else this.#words(message, line);
  }

  end(): void {
    // Each message was told as it came.
  }

  #words(message: JsonObject, line: Line): void {
    const { content = null } = message;
    if (typeof content === 'number' || typeof content === 'boolean')
      throw broken(below(line.place, 'content'), 'what was said must stand here', content);
    const calls = listIn(message, 'tool_calls', line.place);
    const responses = listIn(message, 'tool_responses', line.place);
    const words = plainText(content);
    if (responses.length > 0) return this.#results(responses, line);
    if (calls.length === 0 || words !== '')
      this.#log.take({ ...line, kind: kindOf(line.agent, message), content: words });
    if (calls.length > 0) this.#calls(calls, line);
  }

  #calls(content: Json | undefined, line: Line): void {
    asList(content, below(line.place, 'content')).forEach((one, index) => {
      const at = below(below(line.place, 'content'), index);
      const call = asObject(one, at);
      const inner = objectIn(call, 'function', at) ?? call;
      const args = inner['arguments'] ?? {};
      this.#log.take({
        ...line,
        kind: 'call',
        tool: neededText(inner, 'name', at),
        callId: firstText(call, ['id', 'call_id']),
        content: typeof args === 'string' ? args : JSON.stringify(args),
      });
    });
  }

  #results(content: Json | undefined, line: Line): void {
    asList(content, below(line.place, 'content')).forEach((one, index) => {
      const result = asObject(one, below(below(line.place, 'content'), index));
      this.#log.take({
        ...line,
        kind: 'result',
        tool: firstText(result, ['name']),
        callId: firstText(result, ['call_id', 'tool_call_id']),
        failed: result['is_error'] === true,
        content: plainText(result['content'] ?? null),
      });
    });
  }
}

function lineOf(message: JsonObject, place: string): Line {
  return {
    ...plainLine,
    ...speakerOf(message, place),
    startMs: momentMs(message['created_at'] ?? message['timestamp']),
    usage: usageOf(message['models_usage']) ?? usageOf(message),
    place,
  };
}

/** `Orchestrator (-> WebSurfer)` in a role names who speaks and to whom; `Orchestrator (thought)` is to nobody. */
function speakerOf(message: JsonObject, place: string): Pick<Line, 'agent' | 'to'> {
  const target = firstText(message, ['target']);
  const own = firstText(message, ['source', 'name']);
  if (own !== null) return { agent: own, to: target };
  const role = neededText(message, 'role', place);
  const [, agent, aside] = /^(.*?)\s*\((.*)\)$/.exec(role) ?? [];
  if (agent === undefined || agent === '') return { agent: role, to: target };
  return { agent, to: /^->\s*(.+)$/.exec(aside ?? '')?.[1] ?? null };
}

function kindOf(agent: string, { role, type }: JsonObject): LineKind {
  if (role === 'system' || type === 'StopMessage') return 'system';
  if (typeof role === 'string' && role.includes('termination condition')) return 'environment';
  return bystander(agent) ?? 'words';
}
