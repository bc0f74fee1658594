// The end of a JSON value is found wherever the text is cut, whatever its texts hold.
import { describe, expect, it } from 'vitest';
import { ValueEnd } from './value-end.ts';

/** The end of the value that a text begins with, when it comes up to `cut` first and then whole. */
function endOf(text: string, cut: number): number {
  const end = new ValueEnd();
  const early = end.scan(text.slice(0, cut), 0);
  return early === -1 ? end.scan(text, cut) : early;
}

describe('the end of a value', () => {
  const values: readonly string[] = [
    '{}',
    '[[],{"a":[]}]',
    '{"a":"}]"}',
    String.raw`{"a":"\""}`,
    String.raw`{"a":"\\"}`,
    String.raw`{"a":"\\\"}"}`,
    String.raw`["\\\\","\\\\\"]",{}]`,
    String.raw`{"\\":"\n\"","\"":"\\"}`,
  ];
  it.for(values)('is behind %s', (value) => {
    for (const tail of ['', '"]', '}}', '\\"', ' {"b":1}'])
      for (let cut = 0; cut <= value.length; cut += 1) expect(endOf(value + tail, cut)).toBe(value.length);
  });

  it.for(values)('is not before the last bracket of %s', (value) => {
    for (let cut = 0; cut < value.length; cut += 1) expect(endOf(value.slice(0, -1), cut)).toBe(-1);
  });

  it('is behind the white space before a value, too', () => {
    expect(endOf(' \n{"a":1} ', 2)).toBe(9);
    expect(endOf(' \n ', 2)).toBe(-1);
  });
});
