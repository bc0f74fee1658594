// The index of a script: finds the entries that may fit a request without looking at the others, however many there are.
import type { EntryMatch, ScriptEntry } from './script-document.ts';
import { GramIndex } from './gram-index.ts';
import type { Question } from './entry-match.ts';

/** A thing that a request has one value of, and an entry may name. */
type Field = 'agent' | 'model' | 'ordinal' | `header:${string}`;

/** Entries that name the same fields, by the values they name. */
interface Shelf {
  readonly fields: readonly Field[];
  readonly entries: Map<string, number[]>;
}

const fewEntries = 4;

/**
 * Every entry stands in one place: under a piece of the text that it wants, where it wants one; else under the values
 * of the fields that it names.
 */
export class EntryIndex {
  /** Texts wanted of messages. */
  readonly #said: GramIndex;
  /** Texts wanted of messages, or of the request as it was sent. */
  readonly #sent: GramIndex;
  readonly #shelves = new Map<string, Shelf>();
  /** Places of all entries, where they are so few that looking at each costs less than reading the request for them. */
  readonly #all: readonly number[] | null;

  constructor(entries: readonly ScriptEntry[]) {
    this.#all = entries.length <= fewEntries ? [...entries.keys()] : null;
    this.#said = new GramIndex(entries.map(({ match }) => textOf(match)));
    this.#sent = new GramIndex(
      entries.map(({ match: { body } }, place) =>
        typeof body === 'string' && !this.#said.holds(place) ? body : null,
      ),
    );
    for (const [place, { match }] of entries.entries())
      if (!this.#said.holds(place) && !this.#sent.holds(place)) this.#shelve(place, match);
  }

  /** Places of entries that may fit, in the order of the file; no other entry does. */
  candidates(question: Question): readonly number[] {
    if (this.#all !== null) return this.#all;
    const found: number[] = [];
    for (const shelf of this.#shelves.values()) {
      const here = shelf.entries.get(valuesIn(question, shelf.fields));
      if (here !== undefined) found.push(...here);
    }
    this.#byText(question, found);
    return found.length < 2 ? found : [...new Set(found)].sort((one, other) => one - other);
  }

  #byText({ ask: { messages }, request }: Question, found: number[]): void {
    const [said, sent] = [this.#said, this.#sent];
    if (said.isEmpty && sent.isEmpty) return;
    for (const { content } of messages) {
      if (!said.isEmpty) said.find(content, found);
      if (!sent.isEmpty) sent.find(content, found);
    }
    if (request !== undefined && !sent.isEmpty) sent.find(request.text, found);
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

/** A text that must occur in some message; the longest, where several must. */
function textOf({ user, system, toolResult }: EntryMatch): string | null {
  const result = typeof toolResult === 'object' ? toolResult.includes : toolResult;
  const texts = [user, system, result].filter((rule) => typeof rule === 'string');
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

function valuesIn(question: Question, fields: readonly Field[]): string {
  if (fields.length === 1) return valueIn(question, fields[0]!);
  return fields.map((field) => valueIn(question, field)).join('\u0000');
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
