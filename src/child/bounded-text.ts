// Bounded text: the newest part of what a process says, and how much of it was let go.

export class BoundedText {
  readonly #bytesMax: number;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #dropped = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes > 2 * this.#bytesMax) this.#cut();
  }

  /** Bytes from the beginning that are no longer there. */
  get dropped(): number {
    this.#cut();
    return this.#dropped;
  }

  /** A character that was cut in two at the beginning is left out; bytes that are no UTF-8 show as `\uFFFD`. */
  text(): string {
    this.#cut();
    const text = Buffer.concat(this.#chunks).toString('utf8');
    return this.#dropped === 0 ? text : text.replace(/^\uFFFD{1,3}/, '');
  }

  #cut(): void {
    if (this.#bytes <= this.#bytesMax) return;
    const kept = Buffer.concat(this.#chunks).subarray(-this.#bytesMax);
    this.#dropped += this.#bytes - kept.length;
    this.#chunks = [kept];
    this.#bytes = kept.length;
  }
}
