// Redaction of bodies: JSON and streams of server-sent events lose their secrets and stay what they are.
import { isJsonObject, type Json } from '../../base/json.ts';
import { readJson } from '../../base/json-text.ts';
import { keptOf, redact, redactJson } from './redaction.ts';
import { placeholder, secretPatterns, type Redaction } from './secret-patterns.ts';

/** Without secrets, the text is the same, byte for byte. A secret that a stream tells in pieces is found as well. */
export function redactBody(text: string, redaction: Redaction, known: readonly string[] = []): string {
  const read = readJson(text);
  if (read.kind === 'value') return redactedJson(read.value, text, { redaction, known });
  return /^(?:data|event|id|:)/m.test(text)
    ? redactStream(text, { redaction, known })
    : redact(text, redaction, known);
}

interface Cleaning {
  readonly redaction: Redaction;
  readonly known: readonly string[];
}

function redactedJson(value: Json, text: string, { redaction, known }: Cleaning): string {
  const before = JSON.stringify(value);
  const clean = redactJson(value, redaction, known);
  const after = JSON.stringify(clean);
  if (before === after) return text;
  return text.includes('\n') ? JSON.stringify(clean, null, 2) : after;
}

/** A line of a stream: its data as JSON, where it has any. */
interface Line {
  readonly head: string;
  readonly data: Json;
  readonly tail: string;
  readonly before: string;
}

/** One text in the data of a line. */
interface Leaf {
  readonly holder: Record<string, Json>;
  readonly name: string;
}

function redactStream(text: string, cleaning: Cleaning): string {
  const lines = text.split('\n').map(lineOf);
  const tracks = new Map<string, Leaf[]>();
  for (const line of lines) if (typeof line !== 'string') follow(line.data, '', tracks);
  for (const leaves of tracks.values()) if (leaves.length > 1) redactAcross(leaves, cleaning);
  const { redaction, known } = cleaning;
  return lines
    .map((line) => {
      if (typeof line === 'string') return redact(line, redaction, known);
      const after = JSON.stringify(redactJson(line.data, redaction, known));
      return after === line.before
        ? line.head + line.tail
        : `${/^data: ?/.exec(line.head)![0]}${after}${line.tail}`;
    })
    .join('\n');
}

function lineOf(line: string): Line | string {
  const [, body = '', tail = ''] = /^(data:.*?)(\r?)$/.exec(line) ?? [];
  if (body === '') return line;
  const read = readJson(body.slice('data:'.length));
  if (read.kind !== 'value' || typeof read.value !== 'object') return line;
  return { head: body, data: read.value, tail, before: JSON.stringify(read.value) };
}

/** Names under which providers send a text piece by piece. */
const pieceNames = new Set([
  'content',
  'text',
  'delta',
  'arguments',
  'partial_json',
  'thinking',
  'refusal',
  'reasoning',
  'reasoning_content',
]);
/** Members that say which text of a reply a piece belongs to. */
const identityNames = ['type', 'index', 'output_index', 'content_index', 'item_id'];

/** Pieces of one text have the same path and identities. */
function follow(value: Json, path: string, tracks: Map<string, Leaf[]>): void {
  if (typeof value !== 'object' || value === null) return;
  const here = isJsonObject(value)
    ? `${path}{${identityNames.map((name) => textIn(value[name])).join(',')}}`
    : path;
  for (const [name, member] of Object.entries(value)) {
    const at = `${here}/${name}`;
    if (typeof member !== 'string') follow(member, at, tracks);
    else if (pieceNames.has(name)) {
      const leaf: Leaf = { holder: value as Record<string, Json>, name };
      const track = tracks.get(at);
      if (track === undefined) tracks.set(at, [leaf]);
      else track.push(leaf);
    }
  }
}

function textIn(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The placeholder stands where the secret begins; what follows of it in later pieces is taken out. */
function redactAcross(leaves: readonly Leaf[], { redaction, known }: Cleaning): void {
  for (const secret of known) {
    const found = positionsOf(secret, joined(leaves));
    for (const start of found.toReversed())
      replaceAcross(leaves, { start, end: start + secret.length, by: placeholder('api-key') });
  }
  for (const { kind, pattern } of secretPatterns(redaction)) {
    for (const match of [...joined(leaves).matchAll(pattern)].toReversed()) {
      const kept = keptOf(match.groups).length;
      replaceAcross(leaves, {
        start: match.index + kept,
        end: match.index + match[0].length,
        by: placeholder(kind),
      });
    }
  }
}

function joined(leaves: readonly Leaf[]): string {
  return leaves.map(({ holder, name }) => holder[name] as string).join('');
}

function positionsOf(secret: string, text: string): readonly number[] {
  const found: number[] = [];
  if (secret.length < 6) return found;
  for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + secret.length)) found.push(at);
  return found;
}

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

function replaceAcross(leaves: readonly Leaf[], { start, end, by }: Replacement): void {
  let from = 0;
  for (const { holder, name } of leaves) {
    const piece = holder[name] as string;
    const [first, last] = [Math.max(start - from, 0), Math.min(end - from, piece.length)];
    const begins = start >= from && start < from + piece.length;
    if (first < last) holder[name] = piece.slice(0, first) + (begins ? by : '') + piece.slice(last);
    from += piece.length;
  }
}
