// Gemini: the codec for `models/<model>:generateContent` and `:streamGenerateContent?alt=sse`.
import type { JsonObject } from '../../base/json.ts';
import { argumentsText, type Answer, type ModelFailure, type ToolCall } from '../../team/ask.ts';
import type { Usage } from '../../team/usage.ts';
import { likenessOf, type Frame, type ReplyParts, type StreamParts, type WireCodec } from './codec.ts';
import { geminiDialect, geminiError } from './gemini-dialect.ts';
import { readCandidates, readCandidateStream } from './gemini-reply.ts';
import { geminiPlace, readGeminiRequest } from './gemini-request.ts';
import { cutTexts, dataFrame } from './sse.ts';

export const gemini: WireCodec = {
  name: 'gemini',
  dialect: geminiDialect,
  serves: (method, path) => {
    const called = method === 'POST' ? geminiPlace(path)?.method : undefined;
    return called === 'generateContent' || called === 'streamGenerateContent';
  },
  read: readGeminiRequest,
  keeps: 'nothing',
  replyId: (token) => token,
  likeness: likenessOf,
  plain,
  stream,
  streamFailure: (failure: ModelFailure) =>
    dataFrame(geminiError(geminiDialect.statusOf(failure) ?? 500, failure.message)),
  readReply: readCandidates,
  readStream: readCandidateStream,
};

function plain(parts: ReplyParts): JsonObject {
  const { answer, call } = parts;
  const candidates = Array.from({ length: call.choices }, (_, index) =>
    candidate(partsOf(answer), { index, finish: finishOf(answer) }),
  );
  return { candidates, ...tail(parts) };
}

/** What a reply says beside its candidates; in a stream, every chunk. */
function tail({ call, token, usage }: ReplyParts): JsonObject {
  return {
    ...(usage === null ? {} : { usageMetadata: usageOf(usage) }),
    modelVersion: call.model,
    responseId: token,
  };
}

interface Ending {
  readonly index: number;
  /** Null: the candidate goes on. */
  readonly finish: string | null;
}

/** What the provider blocks comes without content. */
function candidate(parts: readonly JsonObject[], { index, finish }: Ending): JsonObject {
  return {
    ...(finish === 'SAFETY' ? {} : { content: { parts, role: 'model' } }),
    ...(finish === null ? {} : { finishReason: finish }),
    index,
  };
}

function partsOf(answer: Answer): readonly JsonObject[] {
  const { reasoning, toolCalls } = answer;
  const text = spoken(answer);
  return [
    ...(reasoning === undefined ? [] : [{ text: reasoning, thought: true }]),
    ...(text === '' && toolCalls.length > 0 ? [] : [{ text }]),
    ...toolCalls.map(callPart),
  ];
}

function callPart({ id, name, arguments: args }: ToolCall): JsonObject {
  return { functionCall: { id, name, args } };
}

function spoken({ refusal, content }: Answer): string {
  return refusal ?? content;
}

interface Saying {
  readonly chunk: number;
  readonly part: JsonObject;
}

/** Calls come whole, in the chunk with which the last of their arguments is there; the last chunk says why it ends. */
function stream(parts: StreamParts): readonly Frame[] {
  const { answer, call } = parts;
  const said: Saying[] = [];
  const [text, ...args] = cutTexts([spoken(answer), ...answer.toolCalls.map(argumentsText)], parts);
  if (answer.reasoning !== undefined)
    said.push({ chunk: 0, part: { text: answer.reasoning, thought: true } });
  for (const piece of text?.pieces ?? []) said.push({ chunk: piece.chunk, part: { text: piece.text } });
  for (const [index, one] of answer.toolCalls.entries())
    if (args[index]?.whole === true)
      said.push({ chunk: args[index].pieces.at(-1)?.chunk ?? 0, part: callPart(one) });
  const isWhole = parts.cutAfterChars === null;
  // What is blocked is blocked as a whole.
  if (isWhole && finishOf(answer) === 'SAFETY') said.splice(0);
  if (isWhole && said.length === 0) said.push({ chunk: 0, part: { text: '' } });
  const rest = tail({ ...parts, usage: null });
  const frames: Frame[] = [];
  for (let index = 0; index < call.choices; index += 1) {
    for (const [place, { chunk, part }] of said.entries()) {
      const isLast = isWhole && place === said.length - 1;
      const finish = isLast ? finishOf(answer) : null;
      const ending = isLast && index === call.choices - 1 ? tail(parts) : rest;
      frames.push({
        chunk,
        text: dataFrame({ candidates: [candidate([part], { index, finish })], ...ending }),
      });
    }
  }
  return frames;
}

/** `STOP` also where tools are called. */
function finishOf({ finishReason }: Answer): string {
  switch (finishReason) {
    case 'stop':
    case 'toolCalls':
      return 'STOP';
    case 'length':
      return 'MAX_TOKENS';
    case 'contentFilter':
      return 'SAFETY';
  }
}

function usageOf({ inputTokens, outputTokens }: Usage): JsonObject {
  return {
    promptTokenCount: inputTokens,
    candidatesTokenCount: outputTokens,
    totalTokenCount: inputTokens + outputTokens,
  };
}
