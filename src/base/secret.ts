// Secrets: made by the system's own chance, and compared in a time that tells nothing about them.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 32 characters that can stand in a URL and in a header. */
export function newSecret(): string {
  return randomBytes(24).toString('base64url');
}

/** Takes equally long wherever the two begin to differ, and however long they are. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
