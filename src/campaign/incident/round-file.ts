// Round files: the steps that a person marked in an incident, as text that can be read and made stricter by hand.
import { z } from 'zod';
import { readJson } from '../../base/json-text.ts';
import { MusterError } from '../../base/muster-error.ts';
import { readTextFile } from '../../base/text-file.ts';
import type { Round } from '../../loop/walked-round.ts';

const schema = z.strictObject({
  schemaVersion: z.literal(1),
  steps: z
    .array(
      z.strictObject({
        agent: z.string(),
        kind: z.enum(['said', 'used', 'handed']),
        tool: z.string().nullable(),
        edge: z.string().nullable(),
        text: z.string(),
        alike: z.number().min(0).max(1),
      }),
    )
    .min(1),
});

/** Throws `MusterError`: ROUND_UNREADABLE, or ROUND_CORRUPT with the place in the file. */
export function readRound(path: string): Round {
  return parseRound(readTextFile(path, { code: 'ROUND_UNREADABLE', what: 'the marked round' }), path);
}

/** Throws `MusterError` ROUND_CORRUPT. */
export function parseRound(text: string, place: string): Round {
  const json = readJson(text);
  if (json.kind !== 'value') throw corrupt(`${place}:${json.place}`, `it is not JSON: ${json.message}`);
  const read = schema.safeParse(json.value);
  if (read.success) return { steps: read.data.steps };
  const issue = read.error.issues[0];
  throw corrupt(`${place}#/${issue?.path.map(String).join('/') ?? ''}`, issue?.message ?? 'invalid');
}

export function roundText({ steps }: Round): string {
  return `${JSON.stringify({ schemaVersion: 1, steps }, null, 2)}\n`;
}

function corrupt(place: string, message: string): MusterError {
  return new MusterError({
    code: 'ROUND_CORRUPT',
    message,
    place,
    hint: 'take the file from version control again, or mark the steps anew with muster import --as loop --steps',
  });
}
