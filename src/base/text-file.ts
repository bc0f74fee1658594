// Text files that a user names: read whole, or told by their path with what the file system says.
import { readFileSync } from 'node:fs';
import { MusterError, type MusterErrorParts } from './muster-error.ts';

/** How a file is told that cannot be read: `what` is its kind, as in `the cassette`. */
export interface UnreadableFile extends Pick<MusterErrorParts, 'code' | 'hint'> {
  readonly what: string;
}

/** Throws `MusterError` with the code that is given. */
export function readTextFile(path: string, { code, what, hint }: UnreadableFile): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MusterError(
      { code, place: path, message: `${what} could not be read: ${reason}`, hint },
      { cause },
    );
  }
}
