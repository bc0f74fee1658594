// Claude Code: sessions, one line an entry, or `{loglines: […]}`.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { momentMs } from '../dialect/moment.ts';
import type { FormatReader, StepSink, TraceFormat } from '../format.ts';
import { Conversation } from '../logs/conversation.ts';
import { asObject, below, firstText, listIn, neededText, objectIn } from '../reading.ts';
import { broken } from '../source/broken.ts';

export const claudeCode: TraceFormat = {
  name: 'claude-code',
  title: 'Claude Code sessions: JSONL, or {loglines}',
  shapes: ['document', 'records'],
  detects: ({ values }) => values.some(isTold) && values.every((value) => isTold(value) || isEntry(value)),
  open: (sink) => new SessionReader(sink),
};

const agent = 'claude-code';

/** Entries that nobody said. */
const entryTypes: ReadonlySet<unknown> = new Set([
  'summary',
  'system',
  'file-history-snapshot',
  'queue-operation',
  'progress',
  'custom-title',
]);

function isTold(value: Json): boolean {
  if (!isJsonObject(value)) return false;
  const { loglines, type, message } = value;
  if (Array.isArray(loglines)) return true;
  const isOther = ['kind', 'run_type', 'source'].some((key) => key in value);
  return (type === 'user' || type === 'assistant') && isJsonObject(message) && !isOther;
}

function isEntry(value: Json): boolean {
  return isJsonObject(value) && entryTypes.has(value['type']) && !('role' in value);
}

class SessionReader implements FormatReader {
  readonly #sink: StepSink;
  readonly #sessions = new Map<string, Conversation>();
  /** An answer of several blocks comes as several lines with one message id. */
  #answer: { readonly id: string; readonly line: JsonObject; readonly place: string; blocks: Json[] } | null =
    null;

  constructor(sink: StepSink) {
    this.#sink = sink;
  }

  read(value: Json, place: string): void {
    const line = asObject(value, place);
    if (Array.isArray(line['loglines']) || !('type' in line))
      listIn(line, 'loglines', place).forEach((one, index) =>
        this.#line(
          asObject(one, below(below(place, 'loglines'), index)),
          below(below(place, 'loglines'), index),
        ),
      );
    else this.#line(line, place);
  }

  end(): void {
    this.#closeAnswer();
    for (const session of this.#sessions.values()) session.end();
  }

  #line(line: JsonObject, place: string): void {
    const type = neededText(line, 'type', place);
    if (entryTypes.has(type)) {
      this.#sink.skip(`${type} entry`, 'nobody said it');
      return;
    }
    const message = objectIn(line, 'message', place);
    if (message === null) throw broken(below(place, 'message'), 'an object must stand here');
    const id = firstText(message, ['id']);
    if (type === 'assistant' && id !== null && this.#goesOn(id, message)) return;
    this.#closeAnswer();
    const isBlocks = type === 'assistant' && id !== null && Array.isArray(message['content']);
    if (isBlocks) this.#answer = { id, line, place, blocks: [...(message['content'] as readonly Json[])] };
    else this.#tell(line, message, place);
  }

  #goesOn(id: string, { content }: JsonObject): boolean {
    if (this.#answer?.id !== id || !Array.isArray(content)) return false;
    this.#answer.blocks.push(...(content as readonly Json[]));
    return true;
  }

  #closeAnswer(): void {
    if (this.#answer === null) return;
    const { line, place, blocks } = this.#answer;
    this.#answer = null;
    this.#tell(line, { ...(line['message'] as JsonObject), content: blocks }, place);
  }

  /** Subagents work in conversations of their own beside the main one. */
  #tell(line: JsonObject, message: JsonObject, place: string): void {
    const startMs = momentMs(line['timestamp']);
    if ((line['timestamp'] ?? null) !== null && startMs === null)
      throw broken(below(place, 'timestamp'), 'a moment must stand here', line['timestamp']);
    const run = firstText(line, ['sessionId', 'session_id']) ?? '';
    const speaker =
      line['isSidechain'] === true ? `${agent}/${firstText(line, ['agentId']) ?? 'subagent'}` : agent;
    const key = `${run}\u0000${speaker}`;
    const session =
      this.#sessions.get(key) ?? new Conversation({ run, agent: speaker, offers: [], sink: this.#sink });
    this.#sessions.set(key, session);
    session.take(message, below(place, 'message'), { startMs, endMs: startMs });
  }
}
