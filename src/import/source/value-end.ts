// The end of a JSON value in a text that comes in pieces: counts brackets outside of quotes, and nothing else.

export class ValueEnd {
  #depth = 0;
  #quoted = false;
  #escaped = false;

  /** The offset just behind the value, or -1 when it goes on; the next piece continues where this one stopped. */
  scan(text: string, from: number): number {
    for (let at = from; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (this.#quoted) this.#inQuotes(code);
      else if (code === 0x22) this.#quoted = true;
      else if (code === 0x7b || code === 0x5b) this.#depth += 1;
      else if (code === 0x7d || code === 0x5d) {
        this.#depth -= 1;
        if (this.#depth <= 0) return at + 1;
      }
    }
    return -1;
  }

  #inQuotes(code: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (code === 0x5c) this.#escaped = true;
    else if (code === 0x22) this.#quoted = false;
  }
}
