// Python literals: what a log holds that printed a value with `repr` or `str`: dicts, lists, tuples, texts, numbers.
import type { Json } from '../../base/json.ts';

/** Far beyond any log, and far below what recursion can bear. */
const depthMax = 100;

/** The value of a Python literal; undefined for what is none, such as the `repr` of an object. */
export function pythonLiteral(text: string): Json | undefined {
  const reader = new LiteralReader(text);
  try {
    const value = reader.value(0);
    return reader.isOver() ? value : undefined;
  } catch (error) {
    if (error instanceof NoLiteral) return undefined;
    throw error;
  }
}

/** No literal after all: never leaves this file. */
class NoLiteral extends Error {}

const words: Readonly<Record<string, Json>> = { None: null, True: true, False: false };
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\n': '' };
const token = /[A-Za-z_]+|-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?/y;

class LiteralReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isOver(): boolean {
    return this.#peek() === '';
  }

  value(depth: number): Json {
    if (depth > depthMax) throw new NoLiteral();
    const char = this.#peek();
    if (char === '{') return this.#dict(depth);
    if (char === '[') return this.#list(']', depth);
    if (char === '(') return this.#list(')', depth);
    if (char === "'" || char === '"') return this.#quoted(char);
    return this.#bare();
  }

  #dict(depth: number): Json {
    const entries: [string, Json][] = [];
    this.#at += 1;
    while (!this.#takes('}')) {
      const key = this.value(depth + 1);
      this.#expect(':');
      entries.push([typeof key === 'string' ? key : JSON.stringify(key), this.value(depth + 1)]);
      if (!this.#takes(',') && this.#peek() !== '}') throw new NoLiteral();
    }
    return Object.fromEntries(entries);
  }

  #list(end: string, depth: number): Json {
    const values: Json[] = [];
    this.#at += 1;
    while (!this.#takes(end)) {
      values.push(this.value(depth + 1));
      if (!this.#takes(',') && this.#peek() !== end) throw new NoLiteral();
    }
    return values;
  }

  #quoted(quote: string): string {
    let value = '';
    for (let at = this.#at + 1; at < this.#text.length; at += 1) {
      const char = this.#text[at] ?? '';
      if (char === quote) {
        this.#at = at + 1;
        return value;
      }
      if (char !== '\\') value += char;
      else {
        const { text, length } = escaped(this.#text, at + 1);
        value += text;
        at += length;
      }
    }
    throw new NoLiteral();
  }

  #bare(): Json {
    token.lastIndex = this.#at;
    const found = token.exec(this.#text)?.[0];
    if (found === undefined) throw new NoLiteral();
    this.#at += found.length;
    if (Object.hasOwn(words, found)) return words[found] ?? null;
    const number = Number(found);
    if (Number.isNaN(number)) throw new NoLiteral();
    return number;
  }

  #peek(): string {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
    return this.#text[this.#at] ?? '';
  }

  #takes(char: string): boolean {
    if (this.#peek() === '') throw new NoLiteral();
    if (this.#peek() !== char) return false;
    this.#at += 1;
    return true;
  }

  #expect(char: string): void {
    if (!this.#takes(char)) throw new NoLiteral();
  }
}

/** What an escape stands for, and how many characters it takes behind the backslash. */
function escaped(text: string, at: number): { readonly text: string; readonly length: number } {
  const char = text[at] ?? '';
  const digits = { x: 2, u: 4, U: 8 }[char];
  if (digits !== undefined) {
    const code = Number.parseInt(text.slice(at + 1, at + 1 + digits), 16);
    if (Number.isInteger(code) && code <= 0x10ffff)
      return { text: String.fromCodePoint(code), length: digits + 1 };
  }
  return { text: escapes[char] ?? char, length: 1 };
}
