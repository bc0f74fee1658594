// Cryptographic digests, for what must be tamper-evident or name a file by its content.
import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical.ts';

/** 64 hex digits: SHA-256 of a text in UTF-8. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** SHA-256 of the canonical text of a JSON value. */
export function digestOf(value: unknown): string {
  return sha256(canonicalJson(value));
}
