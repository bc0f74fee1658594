// The codecs: every door of every provider that muster can stand in for.
import { anthropicDialect } from './anthropic-dialect.ts';
import { anthropicMessages } from './anthropic-messages.ts';
import type { WireCodec } from './codec.ts';
import type { Dialect } from './dialect.ts';
import { gemini } from './gemini.ts';
import { geminiEmbeddings } from './gemini-embeddings.ts';
import { geminiDialect } from './gemini-dialect.ts';
import { openaiChat } from './openai-chat.ts';
import { openaiDialect } from './openai-dialect.ts';
import { openaiEmbeddings } from './openai-embeddings.ts';
import { openaiResponses } from './openai-responses.ts';

export const codecs: readonly WireCodec[] = [
  openaiChat,
  openaiResponses,
  openaiEmbeddings,
  anthropicMessages,
  gemini,
  geminiEmbeddings,
];

/** The codec of a request; `path` may begin with the provider's version (`/v1`, `/v1beta`). */
export function codecFor(method: string, path: string): WireCodec | undefined {
  return codecs.find((codec) => codec.serves(method, path));
}

/** Whose client made a request that no codec serves, as far as its path tells. */
export function dialectOf(path: string): Dialect {
  if (/^\/v1(?:beta|alpha)\b|:[a-zA-Z]+$/.test(path)) return geminiDialect;
  return /^(?:\/v1)?\/(?:messages|complete)\b/.test(path) ? anthropicDialect : openaiDialect;
}

/** Base URLs under which the providers themselves are called. */
export const providerBases: readonly string[] = [
  'https://api.openai.com/v1',
  'https://api.anthropic.com',
  'https://generativelanguage.googleapis.com',
];
