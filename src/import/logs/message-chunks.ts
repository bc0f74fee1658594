// Message chunks: pieces of streamed messages, put together by message id.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { plainText } from '../dialect/pieces.ts';
import { firstNumber, firstText } from '../reading.ts';

interface ChunkPlace {
  readonly agent: string | null;
  readonly place: string;
}

interface OpenMessage extends ChunkPlace {
  readonly first: JsonObject;
  readonly texts: string[];
  /** By the index of the call. */
  readonly calls: Map<number, { id: string; name: string; args: string }>;
  usage: Json;
}

/** As many messages may be streamed at once. */
const openMax = 64;

export class MessageChunks {
  readonly #take: (message: JsonObject, at: ChunkPlace) => void;
  readonly #open = new Map<string, OpenMessage>();

  constructor(take: (message: JsonObject, at: ChunkPlace) => void) {
    this.#take = take;
  }

  /** Chunks of one id make one message; a message that comes whole ends those that were streamed before it. */
  take(chunk: JsonObject, at: ChunkPlace): void {
    const id = firstText(chunk, ['id']);
    if (!isChunk(chunk) || id === null) {
      this.end();
      this.#take(chunk, at);
      return;
    }
    const open: OpenMessage = this.#open.get(id) ?? {
      ...at,
      first: chunk,
      texts: [],
      calls: new Map(),
      usage: null,
    };
    this.#open.set(id, open);
    open.texts.push(plainText(chunk['content'] ?? null));
    open.usage = chunk['usage_metadata'] ?? open.usage;
    addCalls(open, chunk);
    if (this.#open.size > openMax) this.end();
  }

  end(): void {
    for (const { first, texts, calls, usage, agent, place } of this.#open.values()) {
      const message = {
        role: 'assistant',
        content: texts.join(''),
        tool_calls: [...calls.values()].map(({ id, name, args }) => ({ id, name, args })),
        usage_metadata: usage,
        response_metadata: first['response_metadata'] ?? null,
      };
      this.#take(message, { agent, place });
    }
    this.#open.clear();
  }
}

function isChunk({ type }: JsonObject): boolean {
  return typeof type === 'string' && /chunk$/i.test(type);
}

function addCalls(open: OpenMessage, chunk: JsonObject): void {
  const chunks = chunk['tool_call_chunks'] ?? [];
  if (!Array.isArray(chunks)) return;
  for (const [at, one] of (chunks as readonly Json[]).entries()) {
    if (!isJsonObject(one)) continue;
    const index = firstNumber(one, ['index']) ?? at;
    const call = open.calls.get(index) ?? { id: '', name: '', args: '' };
    call.id += firstText(one, ['id']) ?? '';
    call.name += firstText(one, ['name']) ?? '';
    call.args += firstText(one, ['args']) ?? '';
    open.calls.set(index, call);
  }
}
