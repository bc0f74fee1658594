// A recording: one ask that a provider answered, and its answer, without secrets.
import { canonicalJson } from '../base/canonical.ts';
import { sha256 } from '../base/digest.ts';
import type { Answer, Ask, Message, ModelFailure } from '../team/ask.ts';
import { steadyMessages, systemPrompt } from './ask-key.ts';
import { redactJson, type Redaction } from './redaction.ts';

/** What is kept of an ask: digests of what is long and steady, the conversation itself. */
export interface RecordedAsk {
  readonly model: string;
  /** Digests of 16 hex digits; `none` where there is nothing. */
  readonly system: string;
  readonly tools: string;
  readonly schema: string;
  /** All but the system messages; ids of tool calls are places (`#1`). */
  readonly messages: readonly Message[];
}

export type Recorded =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'failure'; readonly failure: ModelFailure };

export interface Recording {
  readonly agent: string;
  readonly turn: number;
  readonly attempt: number;
  /** Digest of the whole request, agent included. */
  readonly key: string;
  readonly ask: RecordedAsk;
  readonly outcome: Recorded;
}

/** What replay and recording compare: the same ask gives the same digests on both sides, secrets or not. */
export interface AskDigest {
  readonly key: string;
  readonly ask: RecordedAsk;
}

/** The recordings of a team. */
export interface Cassette {
  readonly schemaVersion: 1;
  readonly team: string;
  /** What was taken out before the recordings were kept; replay takes out the same before it compares. */
  readonly redaction: Redaction;
  readonly recordings: readonly Recording[];
}

/** Digests asks; what asks share (prompts, tools, schemas) is digested once. */
export function createDigester(redaction: Redaction): (ask: Ask) => AskDigest {
  const prompts = new Map<string, string>();
  const parts = new WeakMap<object, string>();
  const ofPrompt = (system: string): string => kept(prompts, system, () => shortDigest(system));
  const ofPart = (part: object): string => kept(parts, part, () => shortDigest(part));
  return (ask) => {
    const messages = redactJson(steadyMessages(ask.messages), redaction);
    const system = systemPrompt(messages);
    const recorded: RecordedAsk = {
      model: ask.model,
      system: system === '' ? 'none' : ofPrompt(system),
      tools: ask.tools.length === 0 ? 'none' : ofPart(ask.tools),
      schema: ask.responseSchema === undefined ? 'none' : ofPart(ask.responseSchema),
      messages: messages.filter((message) => message.role !== 'system'),
    };
    // Where a system message stands between others is part of the request: the key is made of its place, too.
    const places = messages.flatMap((message, index) => (message.role === 'system' ? [index] : []));
    return { key: sha256(canonicalJson({ agent: ask.agent, ...recorded, places })), ask: recorded };
  };
}

/** What differs between a recorded ask and the present one, the conversation aside. */
export function askChanges(recorded: RecordedAsk, present: RecordedAsk): readonly string[] {
  return partNames.filter(([part]) => recorded[part] !== present[part]).map(([, name]) => name);
}

const partNames = [
  ['system', 'system prompt'],
  ['tools', 'tools'],
  ['schema', 'response schema'],
  ['model', 'model'],
] as const;

function shortDigest(value: string | object): string {
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
