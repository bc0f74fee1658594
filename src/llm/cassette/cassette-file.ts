// Cassette files: JSON that people can read and merge, one recording after the other in a steady order.
import { readFileSync } from 'node:fs';
import { MusterError } from '../../base/muster-error.ts';
import { writeWhole } from '../../base/whole-file.ts';
import { secretsInCassette } from './cassette-scan.ts';
import { cassetteSchema } from './cassette-schema.ts';
import type { Cassette, Recording } from './recording.ts';
import { redactJson } from '../redaction/redaction.ts';

/** Throws `MusterError`: CASSETTE_UNREADABLE, or CASSETTE_CORRUPT with the place in the file. */
export function readCassette(path: string): Cassette {
  return parseCassette(readText(path), path);
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
