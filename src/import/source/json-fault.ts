// Where a text stops being JSON: what `JSON.parse` knows and does not tell.

export interface JsonFault {
  /** 0-based, in UTF-16 units. */
  readonly offset: number;
  readonly message: string;
}

type Wanted = 'value' | 'valueOrEnd' | 'name' | 'nameOrEnd' | 'colon' | 'commaOrEnd' | 'nothing';

const wantedText: Readonly<Record<Wanted, string>> = {
  value: 'a value was expected',
  valueOrEnd: 'a value or ] was expected',
  name: 'a quoted name was expected',
  nameOrEnd: 'a quoted name or } was expected',
  colon: 'a colon was expected',
  commaOrEnd: 'a comma or the closing bracket was expected',
  nothing: 'there is more behind the value',
};

const space = /[ \t\r\n]*/y;
const scalar = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The first fault of a text that should hold one JSON value; null where there is none. */
export function jsonFault(text: string): JsonFault | null {
  const open: ('{' | '[')[] = [];
  let wanted: Wanted = 'value';
  let at = 0;
  const after = (): Wanted => (open.length === 0 ? 'nothing' : 'commaOrEnd');
  for (;;) {
    at = behind(space, text, at);
    if (at >= text.length)
      return wanted === 'nothing' ? null : { offset: at, message: 'the text ends too early' };
    const char = text[at] ?? '';
    const fault = { offset: at, message: wantedText[wanted] };
    const takesValue: boolean = wanted === 'value' || wanted === 'valueOrEnd';
    const takesName: boolean = wanted === 'name' || wanted === 'nameOrEnd';
    const takesEnd: boolean = wanted === 'commaOrEnd' || wanted.endsWith('OrEnd');
    if (char === '"' && (takesValue || takesName)) {
      const end = textEnd(text, at);
      if (typeof end !== 'number') return end;
      at = end;
      wanted = takesName ? 'colon' : after();
    } else if ((char === '{' || char === '[') && takesValue) {
      open.push(char);
      wanted = char === '{' ? 'nameOrEnd' : 'valueOrEnd';
      at += 1;
    } else if ((char === '}' || char === ']') && takesEnd) {
      if (open.pop() !== (char === '}' ? '{' : '[')) return fault;
      wanted = after();
      at += 1;
    } else if (char === ':' && wanted === 'colon') {
      wanted = 'value';
      at += 1;
    } else if (char === ',' && wanted === 'commaOrEnd') {
      wanted = open.at(-1) === '{' ? 'name' : 'value';
      at += 1;
    } else {
      const end = takesValue ? behind(scalar, text, at) : at;
      if (end === at) return fault;
      at = end;
      wanted = after();
    }
  }
}

/** Behind the closing quote of the text that opens at `start`, or what is wrong with it. */
function textEnd(text: string, start: number): number | JsonFault {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return { offset: at, message: 'a quoted text is not closed on its line' };
    if (code !== 0x5c) continue;
    const end = behind(escape, text, at);
    if (end === at) return { offset: at, message: 'an escape is not one that JSON knows' };
    at = end - 1;
  }
  return { offset: text.length, message: 'the text ends too early' };
}

function behind(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
