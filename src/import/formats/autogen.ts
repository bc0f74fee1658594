// AutoGen: AG2 group chats (the speaker is `name`), AutoGen 0.4 messages (`source`, `type`), Magentic-One logs (`role`).
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { momentMs } from '../dialect/moment.ts';
import { plainText } from '../dialect/pieces.ts';
import { usageOf } from '../dialect/usage-of.ts';
import type { StepSink, TraceFormat } from '../format.ts';
import { isSourceless } from '../logs/message-dialect.ts';
import { holdsDialect } from '../logs/message-log.ts';
import { MessageLogReader, type LogWriter } from '../logs/message-log-reader.ts';
import {
  bystander,
  plainLine,
  SpeakerLog,
  type AskedTool,
  type LineKind,
  type SpeakerLine,
} from '../logs/speaker-log.ts';
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
      sink,
      isMessage: (value) =>
        isJsonObject(value) &&
        'content' in value &&
        ('source' in value || 'role' in value || isSourceless(value)),
      open: ({ run }) => new GroupChat(run, sink),
    }),
};

/** Types of AutoGen 0.4 that tell again what other messages tell, or that no model says. */
const notices: Readonly<Record<string, string>> = {
  ModelClientStreamingChunkEvent: 'the whole message follows its chunks',
  ToolCallSummaryMessage: 'it repeats the results of tools',
  MemoryQueryEvent: 'it tells what an agent remembers',
  SelectSpeakerEvent: 'it tells who is to speak',
  SelectorEvent: 'it tells who is to speak',
  UserInputRequestedEvent: 'it tells that a person is asked',
};

type Line = Omit<SpeakerLine, 'kind' | 'content'>;

class GroupChat implements LogWriter {
  readonly #log: SpeakerLog;
  readonly #sink: StepSink;
  /** What was said beside the calls that come next. */
  #thought: { readonly agent: string; readonly content: string } | null = null;
  /** Results of tools do not say whose they are. */
  #last = '';

  constructor(run: string, sink: StepSink) {
    this.#log = new SpeakerLog(run, sink);
    this.#sink = sink;
  }

  take(value: Json, place: string): void {
    const message = asObject(value, place);
    const type = firstText(message, ['type']) ?? '';
    const notice = notices[type];
    if (notice !== undefined) {
      this.#sink.skip(type, notice);
      return;
    }
    const line = lineOf(message, place, this.#last);
    this.#last = line.agent;
    const thought = plainText(
      type === 'ThoughtEvent' ? (message['content'] ?? null) : (message['thought'] ?? null),
    );
    if (thought !== '') this.#thought = { agent: line.agent, content: thought };
    if (type !== 'ThoughtEvent') this.#typed(type, message, line);
  }

  #typed(type: string, message: JsonObject, line: Line): void {
    const { content = null } = message;
    switch (type) {
      case 'ToolCallRequestEvent':
        return this.#calls(content, line);
      case 'ToolCallExecutionEvent':
      case 'FunctionExecutionResultMessage':
        return this.#results(content, line);
      case 'HandoffMessage':
        if (line.usage !== null) return this.#words(message, line);
        return this.#log.take({ ...line, kind: 'handoff', content: plainText(content) });
      case 'AssistantMessage':
        return Array.isArray(content)
          ? this.#calls(content as readonly Json[], line)
          : this.#words(message, line);
      default:
        return this.#words(message, line);
    }
  }

  end(): void {
    // Each message was told as it came.
  }

  #words(message: JsonObject, line: Line): void {
    const { content = null } = message;
    if (typeof content === 'number' || typeof content === 'boolean')
      throw broken(below(line.place, 'content'), 'what was said must stand here', content);
    const { function_call: call } = message;
    const calls = isJsonObject(call) ? [call] : listIn(message, 'tool_calls', line.place);
    const responses = listIn(message, 'tool_responses', line.place);
    const words = plainText(content);
    if (responses.length > 0) return this.#results(responses, line);
    if (message['role'] === 'function') return this.#results([message], line);
    if (calls.length === 0 || words !== '')
      this.#log.take({ ...line, kind: kindOf(line.agent, message), content: words });
    if (calls.length > 0) this.#calls(calls, line);
  }

  #calls(content: Json | undefined, line: Line): void {
    const words = this.#thought?.agent === line.agent ? this.#thought.content : '';
    this.#thought = null;
    const list = below(line.place, 'content');
    const calls = asList(content, list).map((one, index) => calledIn(one, below(list, index)));
    this.#log.ask({ ...line, words }, calls);
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

function calledIn(value: Json, place: string): AskedTool {
  const call = asObject(value, place);
  const inner = objectIn(call, 'function', place) ?? call;
  const args = inner['arguments'] ?? {};
  return {
    tool: neededText(inner, 'name', place),
    callId: firstText(call, ['id', 'call_id']),
    content: typeof args === 'string' ? args : JSON.stringify(args),
  };
}

function lineOf(message: JsonObject, place: string, last: string): Line {
  const nobody = message['type'] === 'SystemMessage' ? 'system' : last;
  return {
    ...plainLine,
    ...(isSourceless(message) ? { agent: nobody, to: null } : speakerOf(message, place)),
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
  if (role === 'system' || type === 'StopMessage' || type === 'SystemMessage') return 'system';
  if (type === 'UserMessage') return bystander(agent) ?? 'user';
  if (typeof role === 'string' && role.includes('termination condition')) return 'environment';
  return bystander(agent) ?? 'words';
}
