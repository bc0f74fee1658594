// Markup that cannot be broken out of: a template tag that escapes whatever is not markup already.

const text: unique symbol = Symbol('markup');

/** A piece of HTML. Its symbol cannot come out of JSON, so that no data can pass itself off as markup. */
export interface Markup {
  readonly [text]: string;
}

type Part = string | number | Markup | readonly Markup[];

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * The tag: `` html`<b>${name}</b>` ``. Strings and numbers are escaped, markup and lists of it are not. A line break in
 * the template, with its indentation, is one space on the page.
 */
export function html(pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let whole = folded(pieces[0] ?? '');
  for (const [index, part] of parts.entries()) whole += partText(part) + folded(pieces[index + 1] ?? '');
  return { [text]: whole };
}

/** The text of a piece of markup. */
export function markupText(markup: Markup): string {
  return markup[text];
}

/** What JSON may hold as it is, and a page better holds escaped: ends of tags, and what a reader cannot see. */
const ESCAPED_IN_JSON = /[<>\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** A value inside a `<script type="application/json">`: no `<`, so no end tag and no comment (HTML 4.12.1.3). */
export function jsonMarkup(value: unknown): Markup {
  const safe = JSON.stringify(value).replace(
    ESCAPED_IN_JSON,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return { [text]: safe };
}

/** A constant of this program that is markup or style already; never for data. */
export function trusted(constant: string): Markup {
  return { [text]: constant };
}

export const nothing: Markup = { [text]: '' };

function folded(piece: string): string {
  return piece.replace(/\s*\n\s*/g, ' ');
}

function partText(part: Part): string {
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return part.replace(/[&<>"']/g, (character) => escapes[character] ?? '');
  if (text in part) return part[text];
  return part.map((one) => one[text]).join('');
}
