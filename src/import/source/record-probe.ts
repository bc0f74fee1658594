// The record probe: whether a text that comes in pieces holds one JSON document, or records one behind the other.
import { ValueEnd } from './value-end.ts';

/** Looks at each character at most once, however often it is asked; always asked with all of the text so far. */
export class RecordProbe {
  readonly #end = new ValueEnd();
  /** Where the first value begins; -1: that has not come yet. */
  #first = -1;
  #seen = 0;
  /** Where it is over; -1: that has not come yet. */
  #over = -1;

  /** Whether the first value is over, and is JSON. */
  hasRecord(text: string): boolean {
    this.#look(text);
    return this.#over !== -1 && isJson(text.slice(this.#first, this.#over));
  }

  /** Whether there is more behind it: one document is one. */
  hasMore(text: string): boolean {
    this.#look(text);
    return this.#over !== -1 && /\S/.test(text.slice(this.#over)) && this.hasRecord(text);
  }

  #look(text: string): void {
    if (this.#first === -1) {
      this.#first = text.search(/\S/);
      this.#seen = this.#first;
    }
    if (this.#first === -1 || this.#over !== -1 || !/[[{]/.test(text.charAt(this.#first))) return;
    this.#over = this.#end.scan(text, this.#seen);
    this.#seen = text.length;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Whoever reads it tells what is wrong with it.
    return false;
  }
}
