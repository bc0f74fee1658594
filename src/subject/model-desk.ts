// The model desk: one call to a provider, wherever it came in: attributed, bent, answered by the double, told in the trace.
import { fingerprintText } from '../base/fingerprint.ts';
import { MusterError } from '../base/muster-error.ts';
import type { NowOrLater } from '../base/now-or-later.ts';
import { createRandom } from '../base/random.ts';
import type { ModelOutcome } from '../chaos/outcome.ts';
import { paceMs } from '../engine/world/world.ts';
import { AskBook, type AskBookParts, type RepeatedAsks } from '../llm/ask-book.ts';
import type { NamedAsk } from '../llm/ask-key.ts';
import { agentHeader, attribute, type Attribution } from '../llm/attribution.ts';
import type { ModelRequest } from '../llm/double.ts';
import { FailedCall } from '../llm/failed-call.ts';
import { isSent, unsent } from '../llm/sent-reply.ts';
import { SpoiltCall } from '../llm/spoilt-call.ts';
import { jsonBody, type Handled } from '../llm/traffic/wire-traffic.ts';
import type { WireCall, WireCodec, WireProblem } from '../llm/wire/codec.ts';
import { withinLength } from '../llm/wire/length-stop.ts';
import { ReplyMoulds } from '../llm/wire/reply-moulds.ts';
import { problem } from '../llm/wire/request-reading.ts';
import { jsonReply, textReply, type WireReply } from '../llm/wire/wire-reply.ts';
import type { Answer, Ask, ModelFailure } from '../team/ask.ts';
import type { HttpWorld, Touched } from './http-world.ts';
import { logCalled, logDivergence, logDoubt } from './begun-call.ts';
import { OpenCall, type Listeners } from './open-call.ts';
import { Threads } from './threads.ts';

/** What others learn from the calls of models, and do to the handoffs in their answers. */
export interface ModelWatch {
  /** Before the call is in the trace. */
  calling(ask: Pick<Ask, 'messages'>): void;
  called(ask: Ask, cause: number): void;
  /** Before the answer is on its way. */
  bend(ask: Ask, touched: Touched<'llm'>, cause: number): NowOrLater<Touched<'llm'>>;
  answered(ask: Ask, answer: Answer, cause: number): void;
}

export interface ModelDeskParts {
  readonly world: HttpWorld;
  readonly attribution: Attribution;
  readonly repeatedAsks: RepeatedAsks;
  readonly watch: ModelWatch;
  /** How requests are named, and how many are remembered; absent: by their canonical text, and all. */
  readonly names?: Pick<AskBookParts, 'nameOf' | 'requestsMax'>;
  /**
   * What becomes of a mistake of the setup (`MusterError` of the double: nothing scripted, nothing recorded). `thrown`
   * (where absent): it ends the run. `told`: the caller is refused in its provider's words, and the run goes on.
   */
  readonly mistakes?: 'thrown' | 'told';
  /** Says, once a call is in the trace, why it gets no answer; null: it gets one. */
  readonly halted?: () => ModelFailure | null;
}

/** One a run: it counts the run's turns and attempts, and knows the conversations that a request may continue. */
export class ModelDesk {
  readonly #parts: ModelDeskParts;
  readonly #book: AskBook;
  readonly #threads = new Threads();
  readonly #moulds = new ReplyMoulds();
  readonly #told: Listeners;
  /** What providers themselves sent, by the outcome that says the same: an outcome that was bent is another one. */
  readonly #sent = new WeakMap<ModelOutcome, Sent>();

  constructor(parts: ModelDeskParts) {
    this.#parts = parts;
    const { repeatedAsks, names, world, watch } = parts;
    this.#book = new AskBook({ ...names, repeatedAsks });
    this.#told = {
      world,
      book: this.#book,
      threads: this.#threads,
      answered: (ask, answer, cause) => watch.answered(ask, answer, cause),
    };
  }

  /** Answers a request that belongs to the codec; at once, where the double answers at once. */
  serve(codec: WireCodec, request: ModelRequest): NowOrLater<Handled> {
    const body = jsonBody(request.text);
    const read =
      body === null
        ? problem('We could not parse the JSON body of your request.')
        : codec.read(body, request);
    if (read.kind === 'problem') return refused(codec, read);
    if (read.continues !== null && !this.#threads.has(read.continues)) {
      return refused(
        codec,
        problem(`Previous response with id '${read.continues}' not found.`, 'previous_response_id'),
      );
    }
    return this.#ask({ codec, call: this.#threads.continued(read), request });
  }

  #ask({ codec, call, request }: Asked): NowOrLater<Handled> {
    const { world, watch, attribution } = this.#parts;
    const whose = attribute(call, request.headers.get(agentHeader), attribution);
    const asked = this.#book.open(namedAsk(call, whose.agent));
    const { agent, model, attempt } = asked;
    watch.calling(asked);
    const id = world.nextCall();
    const cause = logCalled(world, asked, id);
    if (whose.fits.length !== 1 && this.#tellsAgents()) logDoubt(world, { call: id, whose, asked, cause });
    logDivergence(world, { call: id, asked, request, cause });
    watch.called(asked, cause);
    const latencyMs = paceMs(world, 'modelMs', asked.key);
    const asking: Asking = { codec, call, request, asked, id, cause, latencyMs };
    const halt = this.#parts.halted?.() ?? null;
    const touched: NowOrLater<Touched<'llm'>> =
      halt === null
        ? world.touch<'llm'>({
            crossing: { layer: 'llm', agent, subject: model, attempt, form: call.form },
            cause,
            usualMs: latencyMs,
            real: () => this.#answer(asking),
          })
        : { outcome: failedAtOnce(halt), felt: [] };
    // No closures where the answer is there at once, as it nearly always is.
    if (touched instanceof Promise) return touched.then((one) => this.#bend(asking, one));
    return this.#bend(asking, touched);
  }

  #bend(asking: Asking, touched: Touched<'llm'>): NowOrLater<Handled> {
    const bent = this.#parts.watch.bend(asking.asked, touched, asking.cause);
    return bent instanceof Promise ? bent.then((one) => this.#carry(asking, one)) : this.#carry(asking, bent);
  }

  #carry({ codec, call, asked, id, cause }: Asking, { outcome, felt }: Touched<'llm'>): Handled {
    const { key, attempt } = asked;
    const token = fingerprintText(key);
    const sent = this.#sent.get(outcome);
    const { keeps: how } = codec;
    const keeps = how === 'nothing' ? null : { replyId: sent?.replyId ?? codec.replyId(token), how };
    const atMs = this.#parts.world.time.now();
    const reply = sent?.reply ?? this.#moulds.carry(outcome, { codec, call, token, attempt, atMs });
    return new OpenCall({ reply, moments: felt, asked, outcome, id, cause, keeps }, this.#told);
  }

  /** Where nobody named an agent, nobody asks whose a call is. */
  #tellsAgents(): boolean {
    return this.#parts.attribution.length > 0 || this.#parts.world.agents.length > 0;
  }

  /** The stream of chance is named by agent and turn: a retry, or another wording after one, changes no agent's mind. */
  #answer(asking: Asking): NowOrLater<ModelOutcome> {
    const { asked, request } = asking;
    const { world } = this.#parts;
    const random = createRandom(world.seed, 'model', asked.agent, asked.turn);
    try {
      const said = world.doubles.model.answer(asked, random, request);
      if (!(said instanceof Promise)) return this.#answered(asking, said);
      return said.then(
        (answer) => this.#answered(asking, answer),
        (error: unknown) => this.#failed(asking, error),
      );
    } catch (error) {
      return this.#failed(asking, error);
    }
  }

  #answered({ call, latencyMs }: Asking, answer: Answer): ModelOutcome {
    if (!isSent(answer)) return whole(withinLength(answer, call.outputTokensMax), latencyMs);
    const { sent, replyId } = answer;
    return this.#remembered(whole(unsent(answer), latencyMs), {
      reply: textReply({ ...sent, afterMs: latencyMs }),
      replyId,
    });
  }

  #failed({ latencyMs }: Asking, error: unknown): ModelOutcome {
    if (error instanceof FailedCall) {
      const { failure, sent } = error;
      const outcome = { ...failedAtOnce(failure), afterMs: latencyMs, headers: waitHeader(failure) };
      if (sent === null) return outcome;
      return this.#remembered(outcome, {
        reply: textReply({ ...sent, afterMs: latencyMs }),
        replyId: null,
      });
    }
    if (error instanceof SpoiltCall) return error.outcome;
    if (this.#parts.mistakes === 'told' && error instanceof MusterError) return failedAtOnce(refusal(error));
    throw error;
  }

  #remembered(outcome: ModelOutcome, sent: Sent): ModelOutcome {
    this.#sent.set(outcome, sent);
    return outcome;
  }
}

function whole(answer: Answer, latencyMs: number): ModelOutcome {
  return {
    kind: 'answered',
    answer,
    delivery: {
      latencyMs,
      firstTokenMs: 0,
      chunkGapMs: 0,
      end: complete,
      mishap: none,
    },
  };
}

const complete = { kind: 'complete' } as const;
const none = { kind: 'none' } as const;

/** Most asks have neither a schema nor a want of their own: those are not spread. */
function namedAsk({ model, messages, tools, responseSchema, wants }: WireCall, agent: string): NamedAsk {
  if (responseSchema === null && wants === 'answer') return { agent, model, messages, tools };
  return {
    agent,
    model,
    messages,
    tools,
    ...(responseSchema === null ? {} : { responseSchema }),
    ...(wants === 'embeddings' ? { wants } : {}),
  };
}

interface Sent {
  readonly reply: WireReply;
  readonly replyId: string | null;
}

interface Asked {
  readonly codec: WireCodec;
  readonly call: WireCall;
  readonly request: ModelRequest;
}

/** A call that has begun. */
interface Asking extends Asked {
  readonly asked: Ask;
  /** Joins the call's events in the trace, of which `cause` is the first. */
  readonly id: string;
  readonly cause: number;
  readonly latencyMs: number;
}

function refused({ dialect }: WireCodec, { message, param }: WireProblem): Handled {
  return { reply: jsonReply(400, dialect.refusal({ status: 400, message, param, code: null })) };
}

function failedAtOnce(failure: ModelFailure): Extract<ModelOutcome, { kind: 'failed' }> {
  return { kind: 'failed', failure, afterMs: 0, headers: {}, billed: null };
}

/** A status that no client tries again. */
function refusal({ message }: MusterError): ModelFailure {
  return { reason: 'badRequest', status: 404, message, retryable: false };
}

/** Whole seconds travel as `retry-after`, anything finer as `retry-after-ms`. */
function waitHeader({ retryAfterMs }: ModelFailure): Readonly<Record<string, string>> {
  if (retryAfterMs === undefined) return {};
  return retryAfterMs % 1000 === 0
    ? { 'retry-after': String(retryAfterMs / 1000) }
    : { 'retry-after-ms': String(retryAfterMs) };
}
