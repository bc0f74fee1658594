// LiteLLM: logs of completions, each with the whole history that it was asked with; the last one tells all.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { fingerprint } from '../../base/fingerprint.ts';
import { offersOf } from '../dialect/offers.ts';
import { usageOf } from '../dialect/usage-of.ts';
import { momentMs } from '../dialect/moment.ts';
import type { FormatReader, StepSink, TraceFormat } from '../format.ts';
import { Conversation, type Told } from '../logs/conversation.ts';
import { asList, asObject, below, eachRecord, firstNumber, firstText, objectIn } from '../reading.ts';
import { broken } from '../source/broken.ts';

export const litellm: TraceFormat = {
  name: 'litellm',
  title: 'LiteLLM completion logs: {messages, response}',
  shapes: ['document', 'records'],
  detects: ({ values }) => values.length > 0 && values.every(isCompletion),
  open: (sink) => new CompletionReader(sink),
};

function isCompletion(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0 && (value as readonly Json[]).every(isCompletion);
  return isJsonObject(value) && Array.isArray(value['messages']) && isJsonObject(value['response']);
}

interface Completion {
  readonly record: JsonObject;
  readonly messages: readonly Json[];
  readonly place: string;
  /** What earlier logs told of the answers that are now history: by their place in it. */
  readonly told: Map<number, Partial<Told> & { readonly usage: Json }>;
}

class CompletionReader implements FormatReader {
  readonly #sink: StepSink;
  /** The last completion of each conversation, by its first messages. */
  readonly #last = new Map<string, Completion>();

  constructor(sink: StepSink) {
    this.#sink = sink;
  }

  read(value: Json, place: string): void {
    eachRecord(value, place, (record, at) => this.#record(record, at));
  }

  #record(record: JsonObject, place: string): void {
    const messages = asList(record['messages'], below(place, 'messages'));
    messages.forEach((one, index) => asObject(one, below(below(place, 'messages'), index)));
    if (objectIn(record, 'response', place) === null)
      throw broken(below(place, 'response'), 'an object must stand here');
    const key = fingerprint(openingOf(messages));
    const before = this.#last.get(key);
    const told = before?.told ?? new Map<number, Partial<Told> & { readonly usage: Json }>();
    told.set(messages.length, tellingOf(record));
    const isLonger = before === undefined || messages.length >= before.messages.length;
    if (before !== undefined) this.#sink.skip('completion log', 'a longer one holds its history');
    this.#last.set(key, isLonger ? { record, messages, place, told } : { ...before, told });
  }

  end(): void {
    const many = this.#last.size > 1;
    let number = 0;
    for (const completion of this.#last.values()) {
      number += 1;
      this.#tell(completion, many ? `conversation ${number}` : '');
    }
    this.#last.clear();
  }

  #tell({ record, messages, place, told }: Completion, run: string): void {
    const offers = offersOf(record['tools'] ?? objectIn(record, 'kwargs', place)?.['tools']);
    const agent = firstText(record, ['agent', 'agent_name']);
    const conversation = new Conversation({ run, agent, offers, sink: this.#sink });
    const list = below(place, 'messages');
    messages.forEach((message, index) => {
      const { usage = null, ...times } = told.get(index) ?? {};
      const own = isJsonObject(message) && usage !== null ? { ...message, usage } : message;
      conversation.take(own, below(list, index), times);
    });
    const answer = { role: 'assistant', ...(record['response'] as JsonObject) };
    conversation.take(answer, below(place, 'response'), told.get(messages.length) ?? {});
    conversation.end();
  }
}

/** Conversations that begin alike are one: its system prompt and its first other message. */
function openingOf(messages: readonly Json[]): readonly Json[] {
  const at = messages.findIndex((one) => isJsonObject(one) && one['role'] !== 'system');
  return messages.slice(0, at === -1 ? messages.length : at + 1);
}

function tellingOf(record: JsonObject): Partial<Told> & { readonly usage: Json } {
  const response = record['response'] as JsonObject;
  const latency = firstNumber(record, ['latency_sec']);
  const endMs = momentMs(record['endTime'] ?? record['timestamp'] ?? response['created']);
  const startMs =
    momentMs(record['startTime']) ?? (endMs === null || latency === null ? endMs : endMs - latency * 1000);
  const usage = usageOf(response) ?? usageOf(record);
  return {
    startMs,
    endMs,
    model: firstText(response, ['model']) ?? firstText(record, ['model']),
    usage: usage === null ? null : { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens },
  };
}
