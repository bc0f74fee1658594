// Plain message logs: `{agent, role, content, tool?}`, a list of them, one a line, or a conversation a line.
import type { Json } from '../../base/json.ts';
import { isJsonObject } from '../../base/json.ts';
import { plainText } from '../dialect/pieces.ts';
import { momentMs } from '../dialect/moment.ts';
import { usageOf } from '../dialect/usage-of.ts';
import type { StepSink, TraceFormat } from '../format.ts';
import { holdsDialect } from '../logs/message-log.ts';
import { MessageLogReader, type LogWriter } from '../logs/message-log-reader.ts';
import { bystander, plainLine, SpeakerLog, type LineKind } from '../logs/speaker-log.ts';
import { asObject, below, firstText, neededText, textIn } from '../reading.ts';
import { broken } from '../source/broken.ts';

export const plainMessages: TraceFormat = {
  name: 'messages',
  title: 'plain messages {agent, role, content, tool?}: a list, one a line, or {messages} a line',
  shapes: ['document', 'records'],
  detects: ({ values: [first, ...more], shape }) => {
    if (first === undefined) return false;
    const isList = shape === 'document' && Array.isArray(first);
    return holdsDialect(isList ? (first as readonly Json[]) : [first, ...more], 'plain');
  },
  open: (sink) =>
    new MessageLogReader({
      sink,
      isMessage: (value) => isJsonObject(value) && 'agent' in value && !Array.isArray(value['messages']),
      open: ({ run }) => new PlainLog(run, sink),
    }),
};

class PlainLog implements LogWriter {
  readonly #log: SpeakerLog;

  constructor(run: string, sink: StepSink) {
    this.#log = new SpeakerLog(run, sink);
  }

  take(value: Json, place: string): void {
    const message = asObject(value, place);
    const content = message['content'] ?? null;
    if (typeof content === 'number' || typeof content === 'boolean')
      throw broken(below(place, 'content'), 'what was said must stand here', content);
    const named = edgeOf(neededText(message, 'agent', place));
    const role = textIn(message, 'role', place) ?? 'message';
    const to = /^->\s*(.+)$/.exec(role)?.[1] ?? firstText(message, ['to']) ?? named.to;
    this.#log.take({
      ...plainLine,
      agent: named.agent,
      to,
      kind: kindOf(named.agent, role),
      content: plainText(content),
      tool: toolOf(message['tool'] ?? null, below(place, 'tool')),
      callId: firstText(message, ['callId', 'call_id', 'tool_call_id']),
      failed: role === 'tool_error' || message['failed'] === true,
      startMs: momentMs(message['at'] ?? message['timestamp']),
      usage: usageOf(message['usage']) ?? usageOf(message),
      place,
    });
  }

  end(): void {
    // Each message was told as it came.
  }
}

/** `Navigator->Planner`: who speaks, and to whom. */
function edgeOf(name: string): { readonly agent: string; readonly to: string | null } {
  const [agent, to, more] = name.split('->').map((part) => part.trim());
  const isEdge = agent !== undefined && agent !== '' && to !== undefined && to !== '' && more === undefined;
  return isEdge ? { agent, to } : { agent: name, to: null };
}

function kindOf(agent: string, role: string): LineKind {
  const word = role.toLowerCase();
  if (word === 'tool_call') return 'call';
  if (['tool_result', 'tool_error', 'tool', 'observation'].includes(word)) return 'result';
  if (['system', 'user', 'environment'].includes(word)) return word as LineKind;
  if (word === 'termination condition') return 'environment';
  return bystander(agent) ?? 'words';
}

function toolOf(value: Json, place: string): string | null {
  if (value === null || typeof value === 'string') return value === '' ? null : value;
  if (isJsonObject(value) && typeof value['name'] === 'string') return value['name'];
  throw broken(place, 'the name of a tool must stand here', value);
}
