// Codex: the rollout of a session, one line an item of a response, an event or the state of a turn.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { momentMs } from '../dialect/moment.ts';
import { plainText } from '../dialect/pieces.ts';
import type { FormatReader, StepSink, TraceFormat } from '../format.ts';
import { Conversation, type Told } from '../logs/conversation.ts';
import { isItem } from '../logs/items.ts';
import { below, eachRecord, firstText, neededText, objectIn, recordsIn } from '../reading.ts';
import { broken } from '../source/broken.ts';

export const codex: TraceFormat = {
  name: 'codex',
  title: 'Codex sessions: rollouts, {timestamp, type, payload} a line',
  shapes: ['document', 'records'],
  detects: (sample) => {
    const lines = recordsIn(sample);
    return lines.some(isOwnLine) && lines.every(isLine);
  },
  open: (sink) => new RolloutReader(sink),
};

function isLine(value: Json): boolean {
  return isJsonObject(value) && typeof value['type'] === 'string' && isJsonObject(value['payload']);
}

function isOwnLine(value: Json): boolean {
  if (!isJsonObject(value) || !isJsonObject(value['payload'])) return false;
  const { type, payload } = value;
  return type === 'session_meta' || (type === 'response_item' && isItem(payload));
}

class RolloutReader implements FormatReader {
  readonly #sink: StepSink;
  #conversation: Conversation | null = null;
  #run = '';
  #model: string | null = null;

  constructor(sink: StepSink) {
    this.#sink = sink;
  }

  read(value: Json, place: string): void {
    eachRecord(value, place, (line, at) => {
      const payload = objectIn(line, 'payload', at);
      if (payload === null) throw broken(below(at, 'payload'), 'an object must stand here');
      this.#line(neededText(line, 'type', at), payload, {
        place: below(at, 'payload'),
        atMs: momentMs(line['timestamp']),
      });
    });
  }

  end(): void {
    this.#conversation?.end();
  }

  #line(
    type: string,
    payload: JsonObject,
    { place, atMs }: { readonly place: string; readonly atMs: number | null },
  ): void {
    const told = { startMs: atMs, endMs: atMs, model: this.#model };
    if (type === 'response_item' && isItem(payload)) this.#talk().take(payload, place, told);
    else if (type === 'event_msg') this.#event(payload, place, told);
    else {
      if (type === 'session_meta') this.#run ||= firstText(payload, ['id', 'session_id']) ?? '';
      if (type === 'turn_context') this.#model = firstText(payload, ['model']) ?? this.#model;
      this.#sink.skip(`${type} line`, 'it tells the state of the session, and is no step');
    }
  }

  /** What a response cost is told once it is over; all else of it, its items tell. */
  #event(payload: JsonObject, place: string, told: Partial<Told>): void {
    const { info, message = null } = payload;
    const type = firstText(payload, ['type']) ?? 'unknown';
    const used = type === 'token_count' && isJsonObject(info) ? (info['last_token_usage'] ?? null) : null;
    if (used !== null) this.#talk().bill(used);
    if (type === 'error') this.#talk().fail(plainText(message), place, told);
    else this.#sink.skip(`${type} event`, 'items of responses tell the steps');
  }

  #talk(): Conversation {
    this.#conversation ??= new Conversation({ run: this.#run, agent: 'codex', offers: [], sink: this.#sink });
    return this.#conversation;
  }
}
