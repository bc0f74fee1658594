// OpenAI embeddings: the codec for `POST /embeddings`.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { Message } from '../../team/ask.ts';
import {
  servesPosts,
  wireCall,
  type Read,
  type ReplyParts,
  type WireCall,
  type WireCodec,
  type WireProblem,
} from './codec.ts';
import { base64OfVector, embeddingsOf, vectorOfBase64 } from './embedding.ts';
import { openaiDialect } from './openai-dialect.ts';
import { missing, numberOr, objectsOf, problem, stringOr, tokensIn } from './request-reading.ts';
import { cutShort } from './reply-reading.ts';

export const openaiEmbeddings: WireCodec = {
  name: 'openai-embeddings',
  dialect: openaiDialect,
  serves: servesPosts('/embeddings'),
  read,
  keeps: 'nothing',
  replyId: (token) => token,
  plain,
  // Embeddings are never streamed.
  stream: () => [],
  streamFailure: () => '',
  readReply,
  readStream: cutShort,
};

function read(request: JsonObject): WireCall | WireProblem {
  const lacking = missing(request, 'input');
  if (lacking !== null) return lacking;
  const texts = textsOf(request['input']);
  if (texts.length === 0) return problem("'$.input' is invalid. Please check the API reference.", 'input');
  return wireCall({
    wants: 'embeddings',
    model: stringOr(request['model'], ''),
    messages: texts.map((content): Message => ({ role: 'user', content })),
    request,
  });
}

/** A text, a list of texts, a list of tokens, or a list of lists of tokens; tokens are named by their numbers. */
function textsOf(input: Json | undefined): readonly string[] {
  if (typeof input === 'string') return input === '' ? [] : [input];
  if (!Array.isArray(input)) return [];
  const list = input as readonly Json[];
  if (list.every((one) => typeof one === 'number')) return list.length === 0 ? [] : [list.join(' ')];
  return list.map((one) => (Array.isArray(one) ? one.join(' ') : stringOr(one, '')));
}

function plain({ call, answer, usage }: ReplyParts): JsonObject {
  const vectors = embeddingsOf(call, answer, tokensIn(call.request, ['dimensions']));
  const isBase64 = call.request['encoding_format'] === 'base64';
  return {
    object: 'list',
    data: vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: isBase64 ? base64OfVector(vector) : vector,
    })),
    model: call.model,
    ...(usage === null
      ? {}
      : { usage: { prompt_tokens: usage.inputTokens, total_tokens: usage.inputTokens } }),
  };
}

function readReply(body: JsonObject): Read {
  if (isJsonObject(body['error'])) return { kind: 'failure', failure: openaiDialect.readFailure(500, body) };
  const usage = isJsonObject(body['usage']) ? body['usage'] : {};
  const embeddings = objectsOf(body['data']).map(({ embedding }) =>
    typeof embedding === 'string' ? vectorOfBase64(embedding) : numbersIn(embedding),
  );
  const answer = {
    content: '',
    toolCalls: [],
    finishReason: 'stop',
    embeddings,
    usage: { inputTokens: numberOr(usage['prompt_tokens'], 0), outputTokens: 0 },
  } as const;
  return { kind: 'answer', answer, replyId: null };
}

function numbersIn(value: Json | undefined): readonly number[] {
  return Array.isArray(value) ? (value as readonly Json[]).map((one) => numberOr(one, 0)) : [];
}
