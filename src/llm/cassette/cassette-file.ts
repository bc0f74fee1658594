// Cassette files: JSON that people can read and merge, one recording after the other in a steady order.
import type { Json } from '../../base/json.ts';
import { readJson } from '../../base/json-text.ts';
import { MusterError } from '../../base/muster-error.ts';
import { readTextFile, type UnreadableFile } from '../../base/text-file.ts';
import { writeWhole } from '../../base/whole-file.ts';
import { secretsInCassette } from './cassette-scan.ts';
import { cassetteSchema } from './cassette-schema.ts';
import type { Cassette, Recording } from './recording.ts';
import { redactJson } from '../redaction/redaction.ts';

const unreadable: UnreadableFile = {
  code: 'CASSETTE_UNREADABLE',
  what: 'the cassette',
  hint: 'record it first, or correct the path',
};

/** Throws `MusterError`: CASSETTE_UNREADABLE, or CASSETTE_CORRUPT with the place in the file. */
export function readCassette(path: string): Cassette {
  return parseCassette(readTextFile(path, unreadable), path);
}

/** Throws `MusterError` CASSETTE_CORRUPT. */
export function parseCassette(text: string, place: string): Cassette {
  const read = cassetteSchema.safeParse(parseJson(text, place));
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw corrupt(`${place}#/${issue?.path.map(String).join('/') ?? ''}`, issue?.message ?? 'invalid');
}

/**
 * The text of a cassette: recordings by agent, turn, attempt and key. The comma between two has a line of its own, so that
 * one more recording changes no other line, and two recorders' files merge. Throws `MusterError` CASSETTE_SECRET when
 * a secret would remain.
 */
export function cassetteText(content: Cassette): string {
  const { schemaVersion, team, redaction, prompts } = content;
  const recordings = redactJson([...content.recordings], redaction).toSorted(inOrder);
  refuseSecrets({ ...content, recordings });
  const head = [
    `  "schemaVersion": ${schemaVersion}`,
    `  "team": ${JSON.stringify(team)}`,
    `  "redaction": "${redaction}"`,
    ...(prompts === undefined ? [] : [`  "prompts": ${JSON.stringify(redactJson(prompts, redaction))}`]),
  ];
  const body = recordings.map((one) => `${JSON.stringify(one, null, 2)}\n`).join(',\n');
  return `{\n${head.join(',\n')},\n  "recordings": [\n${body}]\n}\n`;
}

function refuseSecrets(content: Cassette): void {
  const [found] = secretsInCassette(content, content.redaction);
  if (found === undefined) return;
  throw new MusterError({
    code: 'CASSETTE_SECRET',
    message: `a recording would hold a secret (${found.kind}); nothing was written`,
    place: found.pointer,
    hint: 'take it out of what is recorded, and say so: redaction should have found it',
  });
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

export function inOrder(one: Recording, other: Recording): number {
  if (one.agent !== other.agent) return one.agent < other.agent ? -1 : 1;
  if (one.turn !== other.turn) return one.turn - other.turn;
  if (one.attempt !== other.attempt) return one.attempt - other.attempt;
  return one.key < other.key ? -1 : Number(one.key > other.key);
}

function parseJson(text: string, place: string): Json {
  const read = readJson(text);
  if (read.kind === 'value') return read.value;
  throw corrupt(`${place}:${read.place}`, `it is not JSON: ${read.message}`);
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
