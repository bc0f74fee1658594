// The model edge: calls to a provider, as crossings: attributed, bent, answered by the double, told in the trace.
import type { NowOrLater } from '../base/now-or-later.ts';
import { createRandom } from '../base/random.ts';
import type { ModelOutcome } from '../chaos/outcome.ts';
import { AskBook, type RepeatedAsks } from '../llm/ask-book.ts';
import { agentHeader, attribute, type AttributionRule } from '../llm/attribution.ts';
import { FailedCall } from '../llm/failed-call.ts';
import { bodyOf, type Handled, type WireHandler, type WireRequest } from '../llm/wire-traffic.ts';
import { carry } from '../llm/wire/carriage.ts';
import type { WireCall, WireCodec, WireProblem } from '../llm/wire/codec.ts';
import { problem } from '../llm/wire/openai-request.ts';
import { openaiChat } from '../llm/wire/openai-chat.ts';
import { openaiResponses } from '../llm/wire/openai-responses.ts';
import { jsonReply } from '../llm/wire/wire-reply.ts';
import type { Answer, Ask, Message, ModelFailure } from '../team/ask.ts';
import { nameOf, type HttpWorld } from './http-world.ts';
import { paceMs } from '../engine/world/world.ts';

const codecs: readonly WireCodec[] = [openaiChat, openaiResponses];

/** What other edges learn from the calls of models. */
export interface ModelWatch {
  called(ask: Ask, cause: number): void;
  answered(ask: Ask, answer: Answer, cause: number): void;
}

export interface ModelEdgeParts {
  readonly world: HttpWorld;
  /** Base URLs of providers, as `https://api.openai.com/v1`. */
  readonly providers: readonly string[];
  readonly attribution: readonly AttributionRule[];
  readonly repeatedAsks: RepeatedAsks;
  readonly watch: ModelWatch;
}

export function modelEdge(parts: ModelEdgeParts): WireHandler {
  const book = new AskBook(parts.repeatedAsks);
  const threads = new Map<string, readonly Message[]>();
  return (request) => {
    const path = pathUnder(parts.providers, request.url);
    if (path === null) return null;
    const codec = codecs.find((one) => one.serves(request.method, path));
    if (codec === undefined) return unserved(request, path);
    const body = bodyOf(request);
    const read =
      body === null ? problem('We could not parse the JSON body of your request.') : codec.read(body);
    if (read.kind === 'problem') return refused(read);
    if (read.continues !== null && !threads.has(read.continues)) {
      return refused(
        problem(`Previous response with id '${read.continues}' not found.`, 'previous_response_id'),
      );
    }
    return ask(parts, { book, threads, codec, call: continued(read, threads), request });
  };
}

function refused({ message, param }: WireProblem): Handled {
  return { reply: jsonReply(400, { error: { message, type: 'invalid_request_error', param, code: null } }) };
}

interface Asked {
  readonly book: AskBook;
  readonly threads: Map<string, readonly Message[]>;
  readonly codec: WireCodec;
  readonly call: WireCall;
  readonly request: WireRequest;
}

async function ask(parts: ModelEdgeParts, { book, threads, codec, call, request }: Asked): Promise<Handled> {
  const { world, watch } = parts;
  const asked = book.open({
    agent: attribute(call, request.headers.get(agentHeader), parts.attribution),
    model: call.model,
    messages: call.messages,
    tools: call.tools,
    ...(call.responseSchema === null ? {} : { responseSchema: call.responseSchema }),
  });
  const { agent, model, attempt } = asked;
  const id = world.nextCall();
  const cause = logCalled(world, asked, id);
  watch.called(asked, cause);
  const usualMs = paceMs(world, 'modelMs', asked.key);
  const { outcome, felt } = await world.touch<'llm'>({
    crossing: { layer: 'llm', agent, subject: model, attempt },
    cause,
    usualMs,
    real: () => answer(world, asked, usualMs),
  });
  const token = nameOf(asked.key);
  const reply = carry(outcome, { codec, call, token, attempt, atMs: world.time.now() });
  const failed = (failure: Pick<ModelFailure, 'reason' | 'status' | 'message'>): void => {
    book.close(asked, 'failed');
    const { reason, message, status = null } = failure;
    world.log({ kind: 'model.failed', call: id, agent, reason, status, message }, cause);
  };
  return {
    reply,
    moments: felt,
    abandoned: () => failed({ reason: 'timeout', message: 'the caller gave up' }),
    delivered: () => {
      if (outcome.kind === 'failed') return failed(outcome.failure);
      if (outcome.kind === 'silent') return;
      if (outcome.delivery.end.kind !== 'complete') return failed(cutOff);
      book.close(asked, 'answered');
      const { content, toolCalls, finishReason, usage } = outcome.answer;
      threads.set(codec.replyId(token), [...call.messages, { role: 'assistant', content, toolCalls }]);
      const seq = world.log(
        { kind: 'model.answered', call: id, agent, content, toolCalls, finishReason, usage },
        cause,
      );
      watch.answered(asked, outcome.answer, seq);
    },
  };
}

const cutOff = { reason: 'cut', message: 'the answer ended before it was whole' } as const;

function logCalled(world: HttpWorld, { agent, model, turn, attempt, key }: Ask, call: string): number {
  return world.log({
    kind: 'model.called',
    call,
    agent,
    version: null,
    model,
    assignment: null,
    turn,
    attempt,
    key,
    contextVersion: null,
    slice: null,
    feedback: null,
    epoch: 1,
  });
}

/** The stream of chance is named by agent and turn: a retry, or another wording after one, changes no agent's mind. */
function answer(world: HttpWorld, asked: Ask, latencyMs: number): NowOrLater<ModelOutcome> {
  const random = createRandom(world.seed, 'model', asked.agent, asked.turn);
  const answered = (said: Answer): ModelOutcome => ({
    kind: 'answered',
    answer: said,
    delivery: { latencyMs, firstTokenMs: 0, chunkGapMs: 0, end: { kind: 'complete' } },
  });
  const failed = (error: unknown): ModelOutcome => {
    if (!(error instanceof FailedCall)) throw error;
    return {
      kind: 'failed',
      failure: error.failure,
      afterMs: latencyMs,
      headers: waitHeader(error.failure),
      billed: null,
    };
  };
  try {
    const said = world.doubles.model.answer(asked, random);
    return said instanceof Promise ? said.then(answered, failed) : answered(said);
  } catch (error) {
    return failed(error);
  }
}

/** Whole seconds travel as `retry-after`, anything finer as `retry-after-ms`. */
function waitHeader({ retryAfterMs }: ModelFailure): Readonly<Record<string, string>> {
  if (retryAfterMs === undefined) return {};
  return retryAfterMs % 1000 === 0
    ? { 'retry-after': String(retryAfterMs / 1000) }
    : { 'retry-after-ms': String(retryAfterMs) };
}

/** A request that continues an earlier reply is completed by what was said before; instructions are never carried over. */
function continued(call: WireCall, threads: ReadonlyMap<string, readonly Message[]>): WireCall {
  const before = call.continues === null ? undefined : threads.get(call.continues);
  if (before === undefined) return call;
  const instructions = call.messages.filter((message) => message.role === 'system');
  const spoken = before.filter((message) => message.role !== 'system');
  const names = new Map(
    before.flatMap((message) =>
      message.role === 'assistant' ? message.toolCalls.map((one) => [one.id, one.name] as const) : [],
    ),
  );
  const news = call.messages
    .filter((message) => message.role !== 'system')
    .map((message) =>
      message.role === 'tool' ? { ...message, name: names.get(message.callId) ?? message.name } : message,
    );
  return { ...call, messages: [...instructions, ...spoken, ...news] };
}

function pathUnder(providers: readonly string[], url: URL): string | null {
  const place = url.origin + url.pathname;
  for (const provider of providers) {
    const base = provider.replace(/\/+$/, '');
    if (place.startsWith(`${base}/`)) return place.slice(base.length);
  }
  return null;
}

/** A provider's door that no codec serves: refused at once, in the provider's words, and the run goes on. */
function unserved({ method }: WireRequest, path: string): Handled {
  const message = `muster does not stand in for ${method} ${path}; it serves POST /chat/completions and POST /responses`;
  return {
    reply: jsonReply(404, {
      error: { message, type: 'invalid_request_error', param: null, code: 'unknown_url' },
    }),
  };
}
