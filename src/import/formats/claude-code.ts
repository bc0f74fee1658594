// Claude Code: sessions, one line an entry, or `{loglines: […]}`; and what its command prints as `stream-json`.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { momentMs } from '../dialect/moment.ts';
import type { FormatReader, StepSink, TraceFormat } from '../format.ts';
import { Conversation } from '../logs/conversation.ts';
import { asObject, below, eachRecord, firstText, listIn, neededText, objectIn } from '../reading.ts';
import { broken } from '../source/broken.ts';

export const claudeCode: TraceFormat = {
  name: 'claude-code',
  title: 'Claude Code sessions: JSONL, stream-json, or {loglines}',
  shapes: ['document', 'records'],
  detects: ({ values }) =>
    (values.some(isTold) || values.some(isOwnEntry)) &&
    values.every((value) => isTold(value) || isEntry(value)),
  open: (sink) => new SessionReader(sink),
};

const agent = 'claude-code';

function isTold(value: Json): boolean {
  if (!isJsonObject(value)) return false;
  const { loglines, type, message } = value;
  if (Array.isArray(loglines)) return true;
  const isOther = ['kind', 'run_type', 'source'].some((key) => key in value);
  const isMessage = isJsonObject(message) && ('role' in message || 'content' in message);
  return isSpoken(type) && isMessage && !isOther;
}

function isSpoken(type: Json | undefined): boolean {
  return type === 'user' || type === 'assistant';
}

/** Every version has further entries that nobody said. */
function isEntry(value: Json): boolean {
  if (!isJsonObject(value) || 'role' in value || 'run_type' in value) return false;
  const { type } = value;
  return typeof type === 'string' && /^[a-z][a-z_-]*$/.test(type) && !isSpoken(type);
}

/** Entries that no other log has: a session can begin with many of them. */
const ownEntries: ReadonlySet<unknown> = new Set([
  'file-history-snapshot',
  'queue-operation',
  'permission-mode',
  'last-prompt',
]);

function isOwnEntry(value: Json): boolean {
  return isJsonObject(value) && ownEntries.has(value['type']);
}

/** A line that somebody said. */
interface SpokenLine {
  readonly line: JsonObject;
  readonly message: JsonObject;
  readonly place: string;
  readonly atMs: number | null;
}

/**
 * One who speaks: a session, or a subagent in it. An answer of several blocks comes as several lines with one message id,
 * and a tool of the first can answer before the last comes: what stands between waits until the answer is over.
 */
class Speaker {
  readonly #conversation: Conversation;
  #answer: {
    readonly id: string;
    readonly first: SpokenLine;
    last: SpokenLine;
    readonly blocks: Json[];
  } | null = null;
  #waiting: SpokenLine[] = [];

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
  }

  take(spoken: SpokenLine): void {
    const { line, message } = spoken;
    const id = line['type'] === 'assistant' ? firstText(message, ['id']) : null;
    const content = message['content'] ?? null;
    const blocks = Array.isArray(content) ? (content as readonly Json[]) : null;
    if (id !== null && blocks !== null && this.#answer?.id === id) {
      this.#answer.blocks.push(...blocks);
      this.#answer.last = spoken;
    } else if (this.#answer !== null && blocks?.every(isResult) === true) this.#waiting.push(spoken);
    else {
      this.close();
      if (id !== null && blocks !== null)
        this.#answer = { id, first: spoken, last: spoken, blocks: [...blocks] };
      else this.#tell(spoken);
    }
  }

  /** Usage is whole in the last line of an answer. */
  close(): void {
    if (this.#answer === null) return;
    const { first, last, blocks } = this.#answer;
    this.#answer = null;
    this.#tell({ ...first, message: { ...last.message, content: blocks } }, last.atMs);
    for (const waiting of this.#waiting.splice(0)) this.#tell(waiting);
  }

  end(): void {
    this.close();
    this.#conversation.end();
  }

  #tell({ message, place, atMs }: SpokenLine, endMs = atMs): void {
    this.#conversation.take(message, below(place, 'message'), { startMs: atMs, endMs });
  }
}

function isResult(block: Json): boolean {
  return isJsonObject(block) && block['type'] === 'tool_result';
}

class SessionReader implements FormatReader {
  readonly #sink: StepSink;
  readonly #speakers = new Map<string, Speaker>();

  constructor(sink: StepSink) {
    this.#sink = sink;
  }

  read(value: Json, place: string): void {
    eachRecord(value, place, (line, at) => {
      const lines = below(at, 'loglines');
      if (!Array.isArray(line['loglines']) && 'type' in line) this.#line(line, at);
      else
        listIn(line, 'loglines', at).forEach((one, index) =>
          this.#line(asObject(one, below(lines, index)), below(lines, index)),
        );
    });
  }

  end(): void {
    for (const speaker of this.#speakers.values()) speaker.end();
  }

  #line(line: JsonObject, place: string): void {
    const type = neededText(line, 'type', place);
    if (!isSpoken(type)) {
      this.#sink.skip(`${type} entry`, 'nobody said it');
      return;
    }
    const message = objectIn(line, 'message', place);
    if (message === null) throw broken(below(place, 'message'), 'an object must stand here');
    if (message['model'] === '<synthetic>') {
      this.#sink.skip('synthetic answer', 'the program says it in place of the model');
      return;
    }
    const atMs = momentMs(line['timestamp']);
    if ((line['timestamp'] ?? null) !== null && atMs === null)
      throw broken(below(place, 'timestamp'), 'a moment must stand here', line['timestamp']);
    this.#speakerOf(line, atMs).take({ line, message, place, atMs });
  }

  /** Subagents work in conversations of their own beside the main one. Where no times are told, the order of lines tells. */
  #speakerOf(line: JsonObject, atMs: number | null): Speaker {
    const run = firstText(line, ['sessionId', 'session_id']) ?? '';
    const task = firstText(line, ['parent_tool_use_id']);
    const isAside = line['isSidechain'] === true || task !== null;
    const name = isAside ? `${agent}/${firstText(line, ['agentId']) ?? task ?? 'subagent'}` : agent;
    const key = `${run}\u0000${name}`;
    const known = this.#speakers.get(key);
    const speaker =
      known ?? new Speaker(new Conversation({ run, agent: name, offers: [], sink: this.#sink }));
    this.#speakers.set(key, speaker);
    if (atMs === null) for (const other of this.#speakers.values()) if (other !== speaker) other.close();
    return speaker;
  }
}
