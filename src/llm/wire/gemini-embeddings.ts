// Gemini embeddings: the codec for `models/<model>:embedContent` and `:batchEmbedContents`.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { Message } from '../../team/ask.ts';
import {
  wireCall,
  type Read,
  type ReplyParts,
  type WireCall,
  type WireCodec,
  type WireProblem,
  type WireTarget,
} from './codec.ts';
import { embeddingsOf } from './embedding.ts';
import { geminiDialect } from './gemini-dialect.ts';
import { geminiPlace } from './gemini-request.ts';
import { numberOr, objectsOf, problem, stringOr, tokensIn } from './request-reading.ts';
import { cutShort } from './reply-reading.ts';

export const geminiEmbeddings: WireCodec = {
  name: 'gemini-embeddings',
  dialect: geminiDialect,
  serves: (method, path) => {
    const called = method === 'POST' ? geminiPlace(path)?.method : undefined;
    return called === 'embedContent' || called === 'batchEmbedContents';
  },
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

/** Clients send a batch even for one text. */
function read(request: JsonObject, { path }: WireTarget): WireCall | WireProblem {
  const requests = Array.isArray(request['requests']) ? objectsOf(request['requests']) : [request];
  const messages = requests.map(({ content }): Message => ({ role: 'user', content: textIn(content) }));
  if (messages.length === 0 || messages.some(({ content }) => content === ''))
    return problem('content is not specified', 'content');
  return wireCall({
    wants: 'embeddings',
    model: geminiPlace(path)?.model ?? '',
    messages,
    request,
  });
}

function textIn(content: Json | undefined): string {
  if (!isJsonObject(content)) return '';
  return objectsOf(content['parts'])
    .map((part) => stringOr(part['text'], ''))
    .join('\n');
}

function plain({ call, answer }: ReplyParts): JsonObject {
  const [first] = objectsOf(call.request['requests']);
  const settings = first ?? call.request;
  const dimensions = tokensIn(settings, ['outputDimensionality', 'output_dimensionality']);
  const [one, ...more] = embeddingsOf(call, answer, dimensions).map((values) => ({ values }));
  return first === undefined
    ? { embedding: one ?? {} }
    : { embeddings: one === undefined ? [] : [one, ...more] };
}

function readReply(body: JsonObject): Read {
  if (isJsonObject(body['error']))
    return {
      kind: 'failure',
      failure: geminiDialect.readFailure(numberOr(body['error']['code'], 500), body),
    };
  const single = isJsonObject(body['embedding']) ? [body['embedding']] : [];
  const embeddings = [...single, ...objectsOf(body['embeddings'])].map(({ values }) =>
    Array.isArray(values) ? (values as readonly Json[]).map((one) => numberOr(one, 0)) : [],
  );
  const usage = { inputTokens: 0, outputTokens: 0 };
  return {
    kind: 'answer',
    answer: { content: '', toolCalls: [], finishReason: 'stop', embeddings, usage },
    replyId: null,
  };
}
