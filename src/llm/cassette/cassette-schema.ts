// The schema of cassette files: what a recording may say on the disk.
import { z } from 'zod';
import type { Json, JsonObject } from '../../base/json.ts';

const jsonObject = z.record(z.string(), z.json()) as unknown as z.ZodType<JsonObject>;
const toolCall = z.strictObject({
  id: z.string(),
  name: z.string(),
  arguments: jsonObject,
  argumentsText: z.string().exactOptional(),
});
const json = z.json() as unknown as z.ZodType<Json>;
const count = z.int().min(1);

const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal(['system', 'user']), content: z.string() }),
  z.strictObject({ role: z.literal('assistant'), content: z.string(), toolCalls: z.array(toolCall) }),
  z.strictObject({ role: z.literal('tool'), callId: z.string(), name: z.string(), content: z.string() }),
]);

const answer = z.strictObject({
  content: z.string(),
  toolCalls: z.array(toolCall),
  finishReason: z.enum(['stop', 'toolCalls', 'length', 'contentFilter']),
  refusal: z.string().exactOptional(),
  reasoning: z.string().exactOptional(),
  embeddings: z.array(z.array(z.number())).exactOptional(),
  usage: z.strictObject({ inputTokens: z.int().min(0), outputTokens: z.int().min(0) }),
});

const failure = z.strictObject({
  reason: z.enum([
    'rateLimited',
    'serverError',
    'unauthorised',
    'badRequest',
    'contextLength',
    'reset',
    'refused',
    'timeout',
    'cut',
    'unreachable',
  ]),
  status: z.int().exactOptional(),
  message: z.string(),
  retryable: z.boolean(),
  retryAfterMs: z.number().min(0).exactOptional(),
});

const sentBody = z.union([z.strictObject({ json }), z.strictObject({ lines: z.array(z.string()) })]);

const recording = z.strictObject({
  agent: z.string(),
  turn: count,
  attempt: count,
  key: z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 digest'),
  ask: z.strictObject({
    model: z.string(),
    system: z.string(),
    tools: z.string(),
    schema: z.string(),
    settings: z.string(),
    request: z.string(),
    messages: z.array(message),
  }),
  outcome: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('answer'), answer }),
    z.strictObject({ kind: z.literal('failure'), failure }),
    z.strictObject({
      kind: z.literal('sent'),
      status: z.int(),
      headers: z.record(z.string(), z.string()),
      body: sentBody,
    }),
  ]),
});

export const cassetteSchema = z.strictObject({
  schemaVersion: z.literal(1),
  team: z.string(),
  redaction: z.enum(['secrets', 'secretsAndContacts']),
  prompts: z.record(z.string(), z.string()).exactOptional(),
  recordings: z.array(recording),
});
