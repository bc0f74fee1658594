// Cassette files: JSON that people can read and merge, one recording after the other in a steady order.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { JsonObject } from '../base/json.ts';
import { MusterError } from '../base/muster-error.ts';
import { writeWhole } from '../base/whole-file.ts';
import type { Cassette, Recording } from './recording.ts';
import { redactJson } from './redaction.ts';

const jsonObject = z.record(z.string(), z.json()) as unknown as z.ZodType<JsonObject>;
const toolCall = z.strictObject({
  id: z.string(),
  name: z.string(),
  arguments: jsonObject,
  argumentsText: z.string().exactOptional(),
});
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
    messages: z.array(message),
  }),
  outcome: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('answer'), answer }),
    z.strictObject({ kind: z.literal('failure'), failure }),
  ]),
});

const cassette = z.strictObject({
  schemaVersion: z.literal(1),
  team: z.string(),
  redaction: z.enum(['secrets', 'secretsAndContacts']),
  recordings: z.array(recording),
});

/** Throws `MusterError`: CASSETTE_UNREADABLE, or CASSETTE_CORRUPT with the place in the file. */
export function readCassette(path: string): Cassette {
  return parseCassette(readText(path), path);
}

/** Throws `MusterError` CASSETTE_CORRUPT. */
export function parseCassette(text: string, place: string): Cassette {
  const read = cassette.safeParse(parseJson(text, place));
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw corrupt(`${place}#/${issue?.path.map(String).join('/') ?? ''}`, issue?.message ?? 'invalid');
}

/** The text of a cassette: recordings by agent, turn, attempt and key, so that two recorders' files merge line by line. */
export function cassetteText(content: Cassette): string {
  const recordings = redactJson([...content.recordings], content.redaction).toSorted(inOrder);
  return `${JSON.stringify({ ...content, recordings }, null, 2)}\n`;
}

/** Writes the whole file or nothing. Throws `MusterError` CASSETTE_UNWRITABLE. */
export function writeCassette(path: string, content: Cassette): void {
  try {
    writeWhole(path, cassetteText(content));
  } catch (cause) {
    throw new MusterError(
      {
        code: 'CASSETTE_UNWRITABLE',
        message: `the cassette could not be written: ${reasonOf(cause)}`,
        place: path,
        hint: 'check that the folder is there and may be written to; an older cassette is untouched',
      },
      { cause },
    );
  }
}

function inOrder(one: Recording, other: Recording): number {
  if (one.agent !== other.agent) return one.agent < other.agent ? -1 : 1;
  if (one.turn !== other.turn) return one.turn - other.turn;
  if (one.attempt !== other.attempt) return one.attempt - other.attempt;
  return one.key < other.key ? -1 : Number(one.key > other.key);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new MusterError(
      {
        code: 'CASSETTE_UNREADABLE',
        message: `the cassette could not be read: ${reasonOf(cause)}`,
        place: path,
        hint: 'record it first, or correct the path',
      },
      { cause },
    );
  }
}

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw corrupt(placeInText(text, place, reasonOf(cause)), `it is not JSON: ${reasonOf(cause)}`);
  }
}

/** Node tells the offset of a syntax error in its message, or that the text ended. */
function placeInText(text: string, place: string, reason: string): string {
  const offset = /position (\d+)/.exec(reason)?.[1];
  const lines = (offset === undefined ? text : text.slice(0, Number(offset))).split('\n');
  return `${place}:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}

function corrupt(place: string, message: string): MusterError {
  return new MusterError({
    code: 'CASSETTE_CORRUPT',
    message,
    place,
    hint: 'take the file from version control again, or record it anew',
  });
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
