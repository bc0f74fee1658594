// The index of a script: finds the entries that may fit a request without looking at the others, however many there are.
import type { EntryMatch, ScriptEntry } from './script-document.ts';
import { GramIndex } from './gram-index.ts';
import { wholeText, type Question } from './entry-match.ts';

/** A thing that a request has one value of, and an entry may name. */
type Field = 'agent' | 'model' | 'ordinal' | `header:${string}`;

/** Entries that name the same fields, by the values they name. */
interface Shelf {
  readonly fields: readonly Field[];
  readonly entries: Map<string, number[]>;
}

/**
 * Every entry stands in one place: under a piece of the text that it wants, where it wants one; else under the values
 * of the fields that it names.
 */
export class EntryIndex {
  readonly #texts: GramIndex;
  readonly #shelves = new Map<string, Shelf>();

  constructor(entries: readonly ScriptEntry[]) {
    const wanted = entries.map(({ match }) => textOf(match));
    this.#texts = new GramIndex(wanted);
    for (const [place, { match }] of entries.entries())
      if (!this.#texts.holds(place)) this.#shelve(place, match);
  }

  /** Places of entries that may fit, in the order of the file; no other entry does. */
  candidates(question: Question): readonly number[] {
    const found: number[] = [];
    for (const { fields, entries } of this.#shelves.values()) {
      const here = entries.get(fields.map((field) => valueIn(question, field)).join('\u0000'));
      if (here !== undefined) found.push(...here);
    }
    if (!this.#texts.isEmpty) found.push(...this.#texts.find(wholeText(question)));
    return found.length < 2 ? found : found.sort((one, other) => one - other);
  }

  #shelve(place: number, match: EntryMatch): void {
    const named = fieldsOf(match);
    const fields = named.map(([field]) => field);
    const name = fields.join(' ');
    const shelf = this.#shelves.get(name) ?? { fields, entries: new Map<string, number[]>() };
    this.#shelves.set(name, shelf);
    const value = named.map(([, wanted]) => wanted).join('\u0000');
    const here = shelf.entries.get(value);
    if (here === undefined) shelf.entries.set(value, [place]);
    else here.push(place);
  }
}

/** A text that must occur somewhere in the request; the longest, where several must. */
function textOf({ body, user, system, toolResult }: EntryMatch): string | null {
  const result = typeof toolResult === 'object' ? toolResult.includes : toolResult;
  const texts = [body, user, system, result].filter((rule) => typeof rule === 'string');
  return texts.reduce<string | null>(
    (longest, text) => (longest === null || text.length > longest.length ? text : longest),
    null,
  );
}

function fieldsOf({ agent, model, ordinal, headers = {} }: EntryMatch): (readonly [Field, string])[] {
  const fields: (readonly [Field, string])[] = [];
  if (agent !== undefined) fields.push(['agent', agent]);
  if (typeof model === 'string') fields.push(['model', model]);
  if (ordinal !== undefined) fields.push(['ordinal', String(ordinal)]);
  for (const name of Object.keys(headers).sort()) {
    const rule = headers[name];
    if (typeof rule === 'string') fields.push([`header:${name.toLowerCase()}`, rule]);
  }
  return fields;
}

function valueIn({ ask, request }: Question, field: Field): string {
  switch (field) {
    case 'agent':
      return ask.agent;
    case 'model':
      return ask.model;
    case 'ordinal':
      return String(ask.turn);
    default:
      return request?.headers.get(field.slice('header:'.length)) ?? '';
  }
}
