// Cryptographic digests, for what must be tamper-evident or name a file by its content.
import { createHash } from 'node:crypto';

/** 64 hex digits: SHA-256 of a text in UTF-8. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
