// The text of a file in pieces, so that a file may be larger than memory.
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { MusterError } from '../../base/muster-error.ts';

const pieceBytes = 1024 * 1024;

/** Bytes of a file. Throws IMPORT_NOT_FOUND. */
export function fileBytes(path: string): number {
  try {
    const stat = statSync(path);
    if (stat.isFile()) return stat.size;
  } catch {
    // Told below: for the user it does not matter in which way there is no file.
  }
  throw new MusterError({ code: 'IMPORT_NOT_FOUND', place: path, message: 'there is no such file' });
}

/** UTF-8, without a byte order mark; bytes that are none become U+FFFD. */
export function* filePieces(path: string): Generator<string> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(pieceBytes);
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const length = readSync(file, buffer);
      if (length === 0) break;
      yield decoder.decode(buffer.subarray(0, length), { stream: true });
    }
    yield decoder.decode();
  } finally {
    closeSync(file);
  }
}
