// A recording: one ask that a provider answered, and its answer, without secrets.
import { canonicalJson } from '../../base/canonical.ts';
import { sha256 } from '../../base/digest.ts';
import type { Json } from '../../base/json.ts';
import { readJson } from '../../base/json-text.ts';
import type { Answer, Ask, Message, ModelFailure } from '../../team/ask.ts';
import { steadyMessages, systemPrompt } from '../ask-key.ts';
import { credentialsOf } from '../redaction/credentials.ts';
import type { ModelRequest } from '../double.ts';
import { redactJson, type Redaction } from '../redaction/redaction.ts';
import { steadyRequest } from './steady-request.ts';

/** What is kept of an ask: digests of what is long and steady, the conversation itself. */
export interface RecordedAsk {
  readonly model: string;
  /** Digests of 16 hex digits; `none` where there is nothing. Where system messages stand is in theirs. */
  readonly system: string;
  readonly tools: string;
  readonly schema: string;
  /** Digest of what else a request on the wire sets; `none` for an ask that came over no wire. */
  readonly settings: string;
  /** Digest of the whole request on the wire, without what is volatile; `none` where there was none. */
  readonly request: string;
  /** All but the system messages; ids of tool calls are places (`#1`). */
  readonly messages: readonly Message[];
}

/** A body as people can read it: its JSON, where that gives the same bytes again; else its lines. */
export type SentBody = { readonly json: Json } | { readonly lines: readonly string[] };

/** `sent`: what the provider itself put on the wire, be it an answer or an error. */
export type Recorded =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'failure'; readonly failure: ModelFailure }
  | {
      readonly kind: 'sent';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: SentBody;
    };

export interface Recording {
  readonly agent: string;
  readonly turn: number;
  readonly attempt: number;
  /** Digest of the whole request, agent included: of `agent` and `ask`. */
  readonly key: string;
  readonly ask: RecordedAsk;
  readonly outcome: Recorded;
}

/** What replay and recording compare: the same ask gives the same digests on both sides, secrets or not. */
export type AskDigest = Pick<Recording, 'key' | 'ask'>;

/** The recordings of a team, or of some of its agents. */
export interface Cassette {
  readonly schemaVersion: 1;
  readonly team: string;
  /** What was taken out before the recordings were kept; replay takes out the same before it compares. */
  readonly redaction: Redaction;
  /** System prompts by their digest, where they are kept: they tell what differs, and are part of no key. */
  readonly prompts?: Readonly<Record<string, string>>;
  readonly recordings: readonly Recording[];
}

/** Names a recording within a cassette. */
export function recordingName({ key, turn, attempt }: Pick<Recording, 'key' | 'turn' | 'attempt'>): string {
  return `${key}/${turn}/${attempt}`;
}

export function recordingKey(agent: string, ask: RecordedAsk): string {
  return sha256(canonicalJson({ agent, ...ask }));
}

export function bodyOfText(text: string): SentBody {
  const read = readJson(text);
  const isSame = read.kind === 'value' && JSON.stringify(read.value) === text;
  return isSame ? { json: read.value } : { lines: text.split('\n') };
}

export function textOfBody(body: SentBody): string {
  return 'json' in body ? JSON.stringify(body.json) : body.lines.join('\n');
}

export type Digester = (ask: Ask, request?: ModelRequest) => AskDigest;

/** Digests asks; what asks share (prompts, tools, schemas) is digested once. */
export function createDigester(redaction: Redaction): Digester {
  const prompts = new Map<string, string>();
  const parts = new WeakMap<object, string>();
  const ofPart = (part: object): string => kept(parts, part, () => shortDigest(part));
  return (ask, request) => {
    const known = request === undefined ? [] : credentialsOf(request);
    const messages = redactJson(steadyMessages(ask.messages), redaction, known);
    const system = systemText(messages);
    const recorded: RecordedAsk = {
      model: ask.model,
      system: system === '' ? 'none' : kept(prompts, system, () => shortDigest(system)),
      tools: ask.tools.length === 0 ? 'none' : ofPart(ask.tools),
      schema: ask.responseSchema === undefined ? 'none' : ofPart(ask.responseSchema),
      ...onTheWire(request, redaction, known),
      messages: messages.filter((message) => message.role !== 'system'),
    };
    return { key: recordingKey(ask.agent, recorded), ask: recorded };
  };
}

function onTheWire(
  request: ModelRequest | undefined,
  redaction: Redaction,
  known: readonly string[],
): Pick<RecordedAsk, 'request' | 'settings'> {
  if (request === undefined) return { settings: 'none', request: 'none' };
  const { whole, settings } = redactJson(steadyRequest(request), redaction, known);
  return { settings: shortDigest(settings), request: shortDigest(whole) };
}

/** What the digest of the system prompt is made of; empty where there is none. */
export function promptText(messages: readonly Message[], redaction: Redaction): string {
  return systemText(redactJson(steadyMessages(messages), redaction));
}

/** One system message at the beginning is its text; where others stand is part of what they say. */
function systemText(messages: readonly Message[]): string {
  const places = messages.flatMap((message, place) => (message.role === 'system' ? [place] : []));
  const text = systemPrompt(messages);
  return places.every((place, index) => place === index) ? text : `${text}\n${canonicalJson(places)}`;
}

/** What differs between a recorded ask and the present one, the conversation aside. */
export function askChanges(recorded: RecordedAsk, present: RecordedAsk): readonly string[] {
  return partNames.filter(([part]) => recorded[part] !== present[part]).map(([, name]) => name);
}

const partNames = [
  ['system', 'system prompt'],
  ['tools', 'tools'],
  ['schema', 'response schema'],
  ['settings', 'settings'],
  ['model', 'model'],
] as const;

function shortDigest(value: unknown): string {
  return sha256(canonicalJson(value)).slice(0, 16);
}

interface Store<K> {
  get(key: K): string | undefined;
  set(key: K, value: string): unknown;
}

function kept<K>(store: Store<K>, key: K, make: () => string): string {
  const known = store.get(key);
  if (known !== undefined) return known;
  const made = make();
  store.set(key, made);
  return made;
}
