// LiteLLM and others who log completions: each has the whole history that it was asked with, so the last one tells all.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { fingerprint } from '../../base/fingerprint.ts';
import { offersOf } from '../dialect/offers.ts';
import { unpacked } from '../dialect/unpacked.ts';
import { usageOf } from '../dialect/usage-of.ts';
import { momentMs } from '../dialect/moment.ts';
import type { FormatReader, StepSink, TraceFormat } from '../format.ts';
import { Conversation, type Told } from '../logs/conversation.ts';
import { asList, asObject, below, eachRecord, firstNumber, firstText, objectIn } from '../reading.ts';
import { broken } from '../source/broken.ts';

export const litellm: TraceFormat = {
  name: 'litellm',
  title: 'LiteLLM and other completion logs: {messages, response}, {request, response}',
  shapes: ['document', 'records'],
  detects: ({ values }) => values.length > 0 && values.every(isCompletion),
  open: (sink) => new CompletionReader(sink),
};

function isCompletion(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0 && (value as readonly Json[]).every(isCompletion);
  if (!isJsonObject(value) || value['type'] === 'LLMCall') return false;
  const { request, response } = value;
  if (isJsonObject(request)) return areObjects(request['messages']) && isJsonObject(response);
  if (!Array.isArray(unpacked(value['messages']))) return false;
  return (
    isJsonObject(response) ||
    ('response' in value && ('call_type' in value || 'custom_llm_provider' in value))
  );
}

function areObjects(list: Json | undefined): boolean {
  return Array.isArray(list) && (list as readonly Json[]).every(isJsonObject);
}

interface Completion {
  readonly record: JsonObject;
  readonly messages: readonly Json[];
  readonly place: string;
  /** What earlier logs told of the answers that are now history: by their place in it. */
  readonly told: Map<number, Telling>;
  /** Calls that failed leave nothing in the history. */
  readonly failed: { readonly record: JsonObject; readonly place: string }[];
}

type Telling = Partial<Told> & { readonly usage: Json };

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
    const { list, place: at } = messagesIn(record, place);
    list.forEach((one, index) => asObject(one, below(at, index)));
    if (record['response'] === undefined)
      throw broken(below(place, 'response'), 'the response is missing here');
    const key = fingerprint(openingOf(list));
    const before = this.#last.get(key);
    const told = before?.told ?? new Map<number, Telling>();
    const failed = before?.failed ?? [];
    if (errorIn(record) === null) told.set(list.length, tellingOf(record));
    else failed.push({ record, place });
    const isLonger = before === undefined || list.length >= before.messages.length;
    if (before !== undefined) this.#sink.skip('completion log', 'a longer one holds its history');
    this.#last.set(key, isLonger ? { record, messages: list, place, told, failed } : { ...before, told });
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

  #tell({ record, messages, place, told, failed }: Completion, run: string): void {
    const parameters = record['model_parameters'] ?? record['kwargs'] ?? record['request'];
    const tools = record['tools'] ?? (isJsonObject(parameters) ? parameters['tools'] : undefined);
    const agent = firstText(record, ['agent', 'agent_name']);
    const conversation = new Conversation({ run, agent, offers: offersOf(tools), sink: this.#sink });
    const list = messagesIn(record, place).place;
    messages.forEach((message, index) => {
      const { usage = null, ...times } = told.get(index) ?? {};
      const own = isJsonObject(message) && usage !== null ? { ...message, usage } : message;
      conversation.take(own, below(list, index), times);
    });
    for (const { record: lost, place: at } of failed)
      conversation.fail(errorIn(lost) ?? '', at, tellingOf(lost));
    if (errorIn(record) === null) {
      const { usage = null, ...times } = told.get(messages.length) ?? {};
      conversation.take({ usage, ...answerIn(record) }, below(place, 'response'), times);
    }
    conversation.end();
  }
}

/** Some keep the request with its messages as it was sent, and some print them into a text. */
function messagesIn(
  record: JsonObject,
  place: string,
): { readonly list: readonly Json[]; readonly place: string } {
  const request = objectIn(record, 'request', place);
  const at = below(request === null ? place : below(place, 'request'), 'messages');
  return { list: asList(unpacked((request ?? record)['messages']), at), place: at };
}

function responseIn(record: JsonObject): JsonObject {
  const response = unpacked(record['response']);
  return isJsonObject(response) ? response : {};
}

function answerIn(record: JsonObject): JsonObject {
  const response = unpacked(record['response']);
  return { role: 'assistant', ...(isJsonObject(response) ? response : { content: response }) };
}

/** Null where the call was answered. */
function errorIn(record: JsonObject): string | null {
  const isFailure = record['status'] === 'failure' || (record['response'] ?? null) === null;
  return isFailure ? (firstText(record, ['error_str', 'exception', 'error']) ?? 'the call failed') : null;
}

/** Conversations that begin alike are one: its system prompt and its first other message. */
function openingOf(messages: readonly Json[]): readonly Json[] {
  const at = messages.findIndex((one) => isJsonObject(one) && one['role'] !== 'system');
  return messages.slice(0, at === -1 ? messages.length : at + 1);
}

function tellingOf(record: JsonObject): Telling {
  const response = responseIn(record);
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
