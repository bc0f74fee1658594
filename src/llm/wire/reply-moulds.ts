// Reply moulds: replies that differ in their name alone are written out once, and then cast again and again.
import type { ModelOutcome } from '../../chaos/outcome.ts';
import type { Answer } from '../../team/ask.ts';
import { carry, sizedHeaders, streamHeaders, type CarriageParts } from './carriage.ts';
import type { Likeness, WireCodec } from './codec.ts';
import type { WireReply } from './wire-reply.ts';

type Answered = Extract<ModelOutcome, { kind: 'answered' }>;

/** A name for casts: as long as every other, so that no length changes. */
const hole = 'mouldmouldmould0';

interface Mould {
  readonly answer: Answer;
  readonly codec: WireCodec;
  readonly likeness: Likeness;
  /** Replies tell the second in which they were made. */
  readonly second: number;
  /** Of a whole body, in bytes; null for a stream. */
  readonly length: string | null;
  /** The text of the reply, between the places of its name. */
  readonly pieces: readonly string[];
}

/** Contents that are remembered; when there are more, all are forgotten. */
const contentsMax = 256;

/** One for each run. Only contents that come again get a mould. */
export class ReplyMoulds {
  readonly #moulds = new Map<string, Mould | null>();

  /** What `carry` gives, to the byte. */
  carry(outcome: ModelOutcome, parts: CarriageParts): WireReply {
    const likeness = parts.codec.likeness?.(parts.call);
    if (likeness === undefined || outcome.kind !== 'answered' || !isPlain(outcome))
      return carry(outcome, parts);
    const { content } = outcome.answer;
    const known = this.#moulds.get(content);
    if (known !== undefined && known !== null && fits(known, outcome.answer, { likeness, parts }))
      return cast(known, parts);
    if (this.#moulds.size >= contentsMax) this.#moulds.clear();
    const mould = known === undefined ? null : mouldOf(outcome, { likeness, parts });
    this.#moulds.set(content, mould);
    return mould === null ? carry(outcome, parts) : cast(mould, parts);
  }
}

interface Likely {
  readonly likeness: Likeness;
  readonly parts: CarriageParts;
}

/** Text alone, all of it at once: what has ids of its own, or takes its time, is not cast. */
function isPlain({ answer, delivery }: Answered): boolean {
  const { latencyMs, firstTokenMs, chunkGapMs, end, chunkChars, closeAfterMs, mishap, toldUsage } = delivery;
  if (latencyMs !== 0 || firstTokenMs !== 0 || chunkGapMs !== 0 || end.kind !== 'complete') return false;
  if (chunkChars !== undefined || closeAfterMs !== undefined || toldUsage !== undefined) return false;
  if (mishap !== undefined && mishap.kind !== 'none') return false;
  const { toolCalls, refusal, reasoning, embeddings } = answer;
  if (toolCalls.length > 0 || refusal !== undefined || reasoning !== undefined) return false;
  return embeddings === undefined;
}

function fits(mould: Mould, answer: Answer, { likeness, parts }: Likely): boolean {
  const { usage, finishReason } = mould.answer;
  return (
    mould.second === Math.floor(parts.atMs / 1000) &&
    mould.codec === parts.codec &&
    isAlike(mould.likeness, likeness) &&
    finishReason === answer.finishReason &&
    usage.inputTokens === answer.usage.inputTokens &&
    usage.outputTokens === answer.usage.outputTokens
  );
}

function isAlike(one: Likeness, other: Likeness): boolean {
  if (one.form !== other.form || one.usage !== other.usage) return false;
  return one.choices === other.choices && one.model === other.model;
}

/** Null for a reply that is not one whole text, or says what stands for the name. */
function mouldOf(outcome: Answered, { likeness, parts }: Likely): Mould | null {
  if (outcome.answer.content.includes(hole)) return null;
  const { codec, call, attempt, atMs } = parts;
  const reply = carry(outcome, { codec, call, token: hole, attempt, atMs });
  const [chunk] = reply.kind === 'response' ? reply.chunks : [];
  if (reply.kind !== 'response' || typeof chunk?.data !== 'string' || reply.chunks.length > 1) return null;
  return {
    answer: outcome.answer,
    codec: parts.codec,
    likeness,
    second: Math.floor(parts.atMs / 1000),
    length: likeness.form === 'stream' ? null : String(Buffer.byteLength(chunk.data)),
    pieces: chunk.data.split(hole),
  };
}

/** Each member is named: a spread that changes which members there are costs more than all else here. */
function cast({ length, pieces }: Mould, parts: CarriageParts): WireReply {
  return {
    kind: 'response',
    afterMs: 0,
    status: 200,
    headers: length === null ? streamHeaders(parts) : sizedHeaders(parts, length),
    chunks: [{ afterMs: 0, data: filled(pieces, parts.token) }],
    end: atOnce,
  };
}

/** Bodies have one name, streams one in each event. */
function filled(pieces: readonly string[], token: string): string {
  return pieces.length === 2 ? `${pieces[0]!}${token}${pieces[1]!}` : pieces.join(token);
}

const atOnce = { kind: 'close', afterMs: 0 } as const;
