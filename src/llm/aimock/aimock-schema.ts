// The aimock fixture file (version 1.43 of that mock server): what of it can be read as a script.
import { z } from 'zod';
import type { Json, JsonObject } from '../../base/json.ts';

const jsonObject = z.record(z.string(), z.json()) as unknown as z.ZodType<JsonObject>;
const json = z.json() as unknown as z.ZodType<Json>;
const name = z.string().min(1);

const match = z.looseObject({
  userMessage: name.exactOptional(),
  systemMessage: z.union([name, z.array(name)]).exactOptional(),
  inputText: name.exactOptional(),
  toolCallId: name.exactOptional(),
  toolResultContains: name.exactOptional(),
  toolName: name.exactOptional(),
  model: name.exactOptional(),
  responseFormat: name.exactOptional(),
  sequenceIndex: z.int().min(0).exactOptional(),
  turnIndex: z.int().min(0).exactOptional(),
  hasToolResult: z.boolean().exactOptional(),
  endpoint: z.literal(['chat', 'embedding']).exactOptional(),
  context: name.exactOptional(),
});

const toolCall = z.looseObject({
  name,
  arguments: z.union([z.string(), jsonObject, z.array(json)]),
  id: name.exactOptional(),
});

const block = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text'), text: z.string() }),
  toolCall.extend({ type: z.literal('toolCall') }),
]);

const response = z.looseObject({
  content: json.exactOptional(),
  toolCalls: z.array(toolCall).exactOptional(),
  blocks: z.array(block).exactOptional(),
  reasoning: z.string().exactOptional(),
  usage: jsonObject.exactOptional(),
  finishReason: z.enum(['stop', 'tool_calls', 'length', 'content_filter']).exactOptional(),
  embedding: z.array(z.number()).min(1).exactOptional(),
  error: z.looseObject({ message: z.string() }).exactOptional(),
  status: z.int().exactOptional(),
  retryAfter: z.number().min(0).exactOptional(),
});

const fixture = z.looseObject({
  match,
  response,
  truncateAfterChunks: z.int().min(0).exactOptional(),
  disconnectAfterMs: z.number().min(0).exactOptional(),
});

export const aimockFile = z.looseObject({ fixtures: z.array(fixture) });

export type AimockFixture = z.output<typeof fixture>;
export type AimockMatch = z.output<typeof match>;
export type AimockResponse = z.output<typeof response>;
