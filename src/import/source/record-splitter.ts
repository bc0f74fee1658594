// Records: JSON values one a line, over several lines, or one behind the other, out of a text that comes in pieces.
import type { Json } from '../../base/json.ts';
import { broken, notJson } from './broken.ts';
import { ValueEnd } from './value-end.ts';

/** A record that is longer is taken for a file that is broken, so that memory stays flat. UTF-16 units. */
export const recordLengthMax = 128 * 1024 * 1024;

/**
 * Invariants: what is kept between two pieces is the record that is not over yet, and no more; a whole line that is
 * JSON is parsed once, straight away.
 */
export class RecordSplitter {
  readonly #take: (value: Json, place: string) => void;
  #rest = '';
  #line = 1;
  /** Set while a record goes over several lines: how it goes on, and how far it was looked at. */
  #open: { readonly end: ValueEnd; seen: number } | null = null;

  constructor(take: (value: Json, place: string) => void) {
    this.#take = take;
  }

  push(piece: string): void {
    this.#rest = this.#split(this.#rest === '' ? piece : this.#rest + piece);
    if (this.#rest.length > recordLengthMax) throw notJson(this.#rest.slice(0, recordLengthMax), this.#line);
  }

  end(): void {
    const rest = this.#split(`${this.#rest}\n`);
    this.#rest = '';
    if (rest.trim() !== '') throw notJson(rest, this.#line);
  }

  /** Takes what is whole, and gives back the rest. */
  #split(text: string): string {
    let at = 0;
    while (at < text.length) {
      const end = this.#open === null ? this.#wholeLine(text, at) : this.#restOfValue(text, at);
      if (end === -1) break;
      at = end;
    }
    return at === 0 ? text : text.slice(at);
  }

  /** Where the next line begins; -1 for a line that is not over; the same place for a record that its line does not end. */
  #wholeLine(text: string, at: number): number {
    const end = text.indexOf('\n', at);
    if (end === -1) return -1;
    const line = text.slice(at, end);
    const value = parsed(line);
    if (value === undefined) return this.#irregular(line, { at, end });
    if (value !== blank) this.#take(value.json, `line ${this.#line}`);
    this.#line += 1;
    return end + 1;
  }

  #irregular(line: string, { at, end }: { readonly at: number; readonly end: number }): number {
    const first = line.search(/\S/);
    if (first === -1) {
      this.#line += 1;
      return end + 1;
    }
    if (line[first] !== '{' && line[first] !== '[') throw notJson(line, this.#line);
    this.#open = { end: new ValueEnd(), seen: first };
    return at;
  }

  #restOfValue(text: string, at: number): number {
    const open = this.#open;
    if (open === null) return at;
    const end = open.end.scan(text, at + open.seen);
    if (end === -1) {
      open.seen = text.length - at;
      return -1;
    }
    const source = text.slice(at, end);
    const value = parsed(source);
    if (value === undefined || value === blank) throw notJson(source, this.#line);
    this.#open = null;
    this.#take(value.json, `line ${this.#line + leadingLines(source)}`);
    this.#line += source.split('\n').length - 1;
    return this.#behind(text, end);
  }

  /** What stands behind a value on its line: nothing, or the next value. */
  #behind(text: string, at: number): number {
    const next = /[^ \t\r]/g;
    next.lastIndex = at;
    const found = next.exec(text);
    if (found?.[0] === '\n') {
      this.#line += 1;
      return found.index + 1;
    }
    if (found !== null && found[0] !== '{' && found[0] !== '[')
      throw broken(
        `line ${this.#line}`,
        'there is more behind the record than the next one',
        text.slice(at, at + 20),
      );
    return at;
  }
}

const blank = 'blank';

function parsed(text: string): { readonly json: Json } | typeof blank | undefined {
  if (text === '' || text === '\r') return blank;
  try {
    return { json: JSON.parse(text) as Json };
  } catch {
    // Whether this is an error, and where, is for the caller to find out: a record may go over several lines.
    return undefined;
  }
}

function leadingLines(text: string): number {
  return (/^\s*/.exec(text)?.[0] ?? '').split('\n').length - 1;
}
