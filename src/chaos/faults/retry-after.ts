// The retry-after header: right, as seconds or as a date; missing; or wrong in one of the ways seen in the field.
import type { Bending } from '../fault.ts';

export type RetryAfterForm = 'seconds' | 'date' | 'missing' | 'wrong';

export interface RetryAfter {
  readonly headers: Readonly<Record<string, string>>;
  /** What a client that reads the header well would wait; null where it says nothing. */
  readonly waitMs: number | null;
}

const wrongSeconds = ['soon', '-5', '0', '31536000', '1e3', ''];

/** RFC 9110 10.2.3: whole seconds, or an HTTP date, both rounded up. */
export function retryAfter(form: RetryAfterForm, ms: number, bending: Bending<'llm'>): RetryAfter {
  switch (form) {
    case 'missing':
      return { headers: {}, waitMs: null };
    case 'seconds': {
      const seconds = Math.ceil(ms / 1000);
      return { headers: { 'retry-after': String(seconds) }, waitMs: seconds * 1000 };
    }
    case 'date': {
      const { atMs } = bending.crossing;
      const dueMs = Math.ceil((atMs + ms) / 1000) * 1000;
      return { headers: { 'retry-after': new Date(dueMs).toUTCString() }, waitMs: dueMs - atMs };
    }
    case 'wrong': {
      const said = wrongSeconds[Math.floor(bending.draw('retry-after') * wrongSeconds.length)] ?? '';
      const waitMs = /^\d+$/.test(said) ? Number(said) * 1000 : null;
      return { headers: { 'retry-after': said }, waitMs };
    }
  }
}
