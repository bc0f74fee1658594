// The script document: what a script file may say, entry by entry, as its author writes it.
import { z } from 'zod';
import type { Json, JsonObject } from '../../base/json.ts';
import { planSchema } from '../../chaos/plan-schema.ts';

const name = z.string().min(1);
const jsonObject = z.record(z.string(), z.json()) as unknown as z.ZodType<JsonObject>;
const json = z.json() as unknown as z.ZodType<Json>;
const tokens = z.int().min(0);

/** A text that must occur, or a regular expression that must match. */
const textRule = z.union([name, z.strictObject({ pattern: name, flags: z.string().exactOptional() })]);

const match = z.strictObject({
  /** Exactly this agent. */
  agent: name.exactOptional(),
  /** Exactly this model, or a pattern for its name. */
  model: textRule.exactOptional(),
  /** Occurs in the text of any message, or anywhere in the request as it was sent. */
  body: textRule.exactOptional(),
  /** Occurs in what the user said last. */
  user: textRule.exactOptional(),
  /** Occurs in a system message. */
  system: textRule.exactOptional(),
  /** Occurs in a result of a tool with which the conversation ends. */
  toolResult: z
    .union([name, z.strictObject({ tool: name.exactOptional(), includes: textRule.exactOptional() })])
    .exactOptional(),
  /** Headers of the request, by name. */
  headers: z.record(z.string(), textRule).exactOptional(),
  /** The agent's turn, 1-based; retries do not count. */
  ordinal: z.int().min(1).exactOptional(),
});

const toolCall = z.strictObject({
  name,
  /** An object; or the text that the model wrote, broken JSON if need be. */
  arguments: z.union([jsonObject, z.string()]).default({}),
  id: name.exactOptional(),
});

const reply = z.strictObject({
  /** A text; any other value is said as JSON. */
  content: json.exactOptional(),
  toolCalls: z.array(toolCall).exactOptional(),
  finishReason: z.enum(['stop', 'toolCalls', 'length', 'contentFilter']).exactOptional(),
  refusal: z.string().exactOptional(),
  reasoning: z.string().exactOptional(),
  usage: z.strictObject({ inputTokens: tokens, outputTokens: tokens }).exactOptional(),
  embedding: z.array(z.number()).min(1).exactOptional(),
  /** A fault of the catalogue that strikes this reply, with its parameters. */
  fault: z.object({ kind: name }).catchall(z.json()).exactOptional(),
  /** So many attempts are struck; the one after gets the reply as it is. */
  faultAttempts: z.int().min(1).default(1),
});

const entry = z.strictObject({
  name: name.exactOptional(),
  match: match.default({}),
  /** In order; a text is short for its content. */
  replies: z
    .array(z.union([z.string().transform((content): EntryReply => ({ content, faultAttempts: 1 })), reply]))
    .min(1),
  /** Whether an attempt to get the same reply again gets it, or the next one. */
  retry: z.enum(['same', 'next']).default('same'),
  /** What a turn beyond the last reply gets: the last one again, the first one again, an error, or another entry. */
  afterLast: z.enum(['repeat', 'restart', 'fail', 'otherEntry']).default('repeat'),
});

const rule = z.strictObject({
  agent: name,
  system: textRule.exactOptional(),
  tool: textRule.exactOptional(),
  model: textRule.exactOptional(),
});

const handoffSign = z.union([
  z.enum(['transferTools', 'transitions']),
  z.strictObject({ tool: name, to: name }),
  z.strictObject({ tool: name, toArgument: name }),
  z.strictObject({ router: name, member: name }),
]);

const settings = z.strictObject({
  seed: z.int().exactOptional(),
  /** The team's agents, as far as a plan or a handoff names them. */
  agents: z.array(name).exactOptional(),
  handoffs: z.union([z.literal('routes'), handoffSign, z.array(handoffSign)]).exactOptional(),
  repeatedAsks: z.enum(['sameAnswer', 'nextTurn']).exactOptional(),
});

export const scriptDocument = z.strictObject({
  schemaVersion: z.literal(1).default(1),
  settings: settings.default({}),
  /** Tells whose a call is that has no header `x-muster-agent`; the first rule that fits counts. */
  attribution: z.array(rule).default([]),
  /** A chaos plan that is armed from the start. */
  chaos: planSchema.nullable().default(null),
  entries: z.array(entry).default([]),
});

export type TextPattern = z.output<typeof textRule>;
export type EntryMatch = z.output<typeof match>;
export type EntryReply = z.output<typeof reply>;
export type ScriptEntry = z.output<typeof entry>;
export type WrittenRule = z.output<typeof rule>;
export type ScriptDocument = z.output<typeof scriptDocument>;
