// Reading a reply: an answer's content, by the schema of its agent. Texts that were read before are not read again.
import type { z } from 'zod';
import { frozen, isDeeperThan, isJsonObject, type JsonObject } from '../base/json.ts';
import type { Reply } from './ask.ts';

/** A reply is frozen: it is remembered, and handed to gates, journals and traces as it is. */
export type ReadReply =
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'unreadable'; readonly feedback: string };

/** Far beyond any schema, and far below what a walk over a value can bear. */
const depthMax = 200;

/** Texts remembered for one schema: trials at one seed, and runs and their controls, bring the same ones again. */
const textsMax = 64;

/** What a text says by a schema follows from the two alone, so that nothing here can be out of date. */
const remembered = new WeakMap<z.ZodType, Map<string, ReadReply>>();

/** What was objected to the payloads of remembered replies, by the schema of who takes them: frozen, they stay as they are. */
const objections = new WeakMap<JsonObject, Map<z.ZodType, string | null>>();

/** What a receiver's schema has against a payload; null when it fits. */
export function objectionTo(payload: JsonObject, schema: z.ZodType): string | null {
  const known = objections.get(payload);
  let objection = known?.get(schema);
  if (objection === undefined) {
    const { error } = schema.safeParse(payload);
    objection = error === undefined ? null : `at ${firstIssue(error)}`;
    known?.set(schema, objection);
  }
  return objection;
}

function firstIssue({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.join('.') || 'the top'}: ${issue?.message ?? 'invalid'}`;
}

/** Never throws for what a model wrote. */
export function readReply(schema: z.ZodType, content: string): ReadReply {
  let known = remembered.get(schema);
  if (known === undefined) remembered.set(schema, (known = new Map<string, ReadReply>()));
  let read = known.get(content);
  if (read === undefined) {
    read = frozen(parseReply(schema, content));
    if (read.kind === 'reply') objections.set(read.reply.payload, new Map());
    if (known.size >= textsMax) known.clear();
    known.set(content, read);
  }
  return read;
}

function parseReply(schema: z.ZodType, content: string): ReadReply {
  const parsed = parse(content);
  if (parsed === null) return unreadable('The answer is not a JSON object.');
  if (isDeeperThan(parsed, depthMax)) return unreadable(`The answer is nested deeper than ${depthMax}.`);
  const result = schema.safeParse(parsed);
  if (!result.success) return unreadable(`At ${firstIssue(result.error)}.`);
  const data = result.data as {
    payload: JsonObject;
    context: JsonObject;
    confidence: number;
    flags: string[];
    next?: string;
  };
  const reply: Reply = {
    payload: data.payload,
    patch: data.context,
    confidence: data.confidence,
    flags: data.flags,
    ...(data.next === undefined ? {} : { next: data.next }),
  };
  return { kind: 'reply', reply };
}

function parse(content: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(content);
    return isJsonObject(value) ? value : null;
  } catch {
    // A model's broken JSON is data: the gate says so in its feedback.
    return null;
  }
}

function unreadable(feedback: string): ReadReply {
  return { kind: 'unreadable', feedback };
}
