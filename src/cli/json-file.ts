// JSON files that the command line names: read whole, and told with their place where they cannot be.
import type { Json } from '../base/json.ts';
import { readJson } from '../base/json-text.ts';
import { MusterError } from '../base/muster-error.ts';
import { readTextFile } from '../base/text-file.ts';

/** Throws `FILE_UNREADABLE` or `FILE_NOT_JSON`. */
export function jsonIn(path: string): Json {
  const read = readJson(readTextFile(path, { code: 'FILE_UNREADABLE', what: 'the file' }));
  if (read.kind === 'value') return read.value;
  throw new MusterError({
    code: 'FILE_NOT_JSON',
    place: `${path}:${read.place}`,
    message: `the file is not JSON: ${read.message}`,
  });
}
