// JSON files that the command line names: read whole, and told with their place where they cannot be.
import { readFileSync } from 'node:fs';
import type { Json } from '../base/json.ts';
import { readJson } from '../base/json-text.ts';
import { MusterError } from '../base/muster-error.ts';

/** Throws `FILE_UNREADABLE` or `FILE_NOT_JSON`. */
export function jsonIn(path: string): Json {
  const read = readJson(textIn(path));
  if (read.kind === 'value') return read.value;
  throw new MusterError({
    code: 'FILE_NOT_JSON',
    place: `${path}:${read.place}`,
    message: `the file is not JSON: ${read.message}`,
  });
}

function textIn(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new MusterError(
      {
        code: 'FILE_UNREADABLE',
        place: path,
        message: `the file could not be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      },
      { cause },
    );
  }
}
