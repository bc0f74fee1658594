// A file is split as it comes, known by its content, and refused with the place where it is broken.
import { describe, expect, it } from 'vitest';
import type { Json } from '../../base/json.ts';
import { isJsonObject } from '../../base/json.ts';
import type { FormatShape, TraceFormat } from '../format.ts';
import { SourceReader } from './source-reader.ts';

interface Seen {
  readonly value: Json;
  readonly place: string;
}

function format(shapes: readonly FormatShape[], seen: Seen[], name = 'toy'): TraceFormat {
  return {
    name,
    title: 'a toy',
    shapes,
    detects: ({ values }) => values.some((one) => isJsonObject(one) || typeof one === 'string'),
    open: () => ({ read: (value, place) => void seen.push({ value, place }), end: () => undefined }),
  };
}

const sink = {
  keeps: 'asks' as const,
  step: () => undefined,
  skip: () => undefined,
  head: () => undefined,
  event: () => undefined,
};

function read(text: string, shapes: readonly FormatShape[], pieceLength = text.length + 1): readonly Seen[] {
  const seen: Seen[] = [];
  const source = new SourceReader({ formats: [format(shapes, seen)], force: null, sink });
  for (let at = 0; at < text.length; at += pieceLength) source.push(text.slice(at, at + pieceLength));
  source.end();
  return seen;
}

const values = (seen: readonly Seen[]) => seen.map(({ value }) => value);

describe('a source', () => {
  const shapesOfRecords: readonly [name: string, text: string, places: readonly string[]][] = [
    ['one a line', '{"a":1}\n{"a":2}\n', ['line 1', 'line 2']],
    ['with CRLF and blank lines', '\r\n{"a":1}\r\n\r\n{"a":2}\r\n\r\n', ['line 2', 'line 4']],
    ['with a byte order mark', '\uFEFF{"a":1}\n{"a":2}', ['line 1', 'line 2']],
    ['one behind the other', '{"a":1} {"a":2}', ['line 1', 'line 1']],
    ['over several lines', '{\n  "a":\n 1\n}\n{\n"a": 2}', ['line 1', 'line 5']],
    ['as members of a list', '[{"a":1},\n{"a":2}]', ['/0', '/1']],
  ];
  it.for(shapesOfRecords)('is split into records that come %s', ([, text, places]) => {
    const seen = read(text, ['records']);
    expect(values(seen)).toEqual([{ a: 1 }, { a: 2 }]);
    expect(seen.map(({ place }) => place)).toEqual(places);
  });

  it('is a document where the format wants one, be it an object or a list', () => {
    expect(read(' {"a":1}\n', ['document'])).toEqual([{ value: { a: 1 }, place: '' }]);
    expect(values(read('{"a":1}', ['records']))).toEqual([{ a: 1 }]);
  });

  it('is lines of text where it does not begin as JSON does', () => {
    expect(read('hello\r\nworld', ['text'])).toEqual([
      { value: 'hello', place: 'line 1' },
      { value: 'world', place: 'line 2' },
    ]);
  });

  it('gives the same records however it is cut', () => {
    const text = '{"a":"x\\"}{"}\n{\n"b":[1,{"c":"]\\\\","f":"\\\\\\"]"}]\n}{"d":null}\n\n{"e":1}';
    const whole = read(text, ['records']);
    expect(whole).toHaveLength(4);
    for (let length = 1; length < text.length; length += 1)
      expect(read(text, ['records'], length)).toEqual(whole);
  });

  describe('that is long', () => {
    const long = 'x'.repeat(600 * 1024);
    /** As a file comes, with how many values were told before it was over. */
    const readLong = (text: string, shape: FormatShape = 'records') => {
      const seen: Seen[] = [];
      const source = new SourceReader({ formats: [format([shape], seen)], force: null, sink });
      for (let at = 0; at < text.length; at += 700_000) source.push(text.slice(at, at + 700_000));
      const early = seen.length;
      source.end();
      return { early, places: seen.map(({ place }) => place) };
    };

    it('tells records as they come, one a line or over several', () => {
      const lines = `{"a":"${'x'.repeat(1000)}"}\n`.repeat(900);
      const { early, places } = readLong(lines);
      expect(early).toBeGreaterThan(500);
      expect(places.at(-1)).toBe('line 900');
      const pretty = readLong(lines.replaceAll('{', '{\n'));
      expect(pretty.early).toBeGreaterThan(500);
      expect(pretty.places.at(-1)).toBe('line 1799');
    });

    it('is a document where one value is all of it, whatever stands in its texts', () => {
      for (const text of [`{"a":"}]{ ${long}"}`, `{"a":"${long}"}\n\n`, `{\n"a":[{}, "${long}"]\n}`])
        expect(readLong(text, 'document')).toEqual({ early: 0, places: [''] });
    });

    it('gives the same records where the first of them is long', () => {
      expect(readLong(`{"a":"${long}"}\n{"a":1}\n`).places).toEqual(['line 1', 'line 2']);
      expect(readLong(`{\n"a":"${long}"} {"a":1}`).places).toEqual(['line 1', 'line 2']);
    });

    it('is refused with the place where its first record is broken', () => {
      expect(() => readLong(`{"a":"${long}",}\n{"a":1}\n`)).toThrow(/\[IMPORT_BROKEN\] at line 1 column/);
    });
  });

  const broken: readonly [what: string, text: string, place: string][] = [
    ['a document that ends too early', '{"a": {\n"b": [1, 2', 'line 2 column 11'],
    ['a comma too many', '{"a": 1,\n}', 'line 2 column 1'],
    ['a bad line in the middle', '{"a":1}\n{"a":1,,}\n{"a":2}', 'line 2 column 8'],
    ['a line that is no JSON at all', '{"a":1}\nhello\n{"a":2}', 'line 2 column 1'],
    ['a line that was cut off', '{"a":1}\n{"a":"x\n{"a":2}\n', 'line 2 column 8'],
    ['a last record that was cut off', '{"a":1}\n{"a":', 'line 2 column 6'],
    ['more behind a document', '{"a":1} x', 'line 1'],
    ['an escape that is none', '{"a":"\\x"}', 'line 1 column 7'],
    ['an empty file', ' \n', 'the top'],
  ];
  it.for(broken)('is refused with the place of %s', ([, text, place]) => {
    expect(() => read(text, ['document', 'records'])).toThrow(new RegExp(`\\[IMPORT_BROKEN\\] at ${place}:`));
  });

  it('is refused where no format knows it, or several do, or the one that was asked for cannot read it', () => {
    const toys = [format(['document'], [], 'one'), format(['document'], [], 'two')];
    const attempt = (text: string, force: string | null = null) => {
      const source = new SourceReader({ formats: toys, force, sink });
      source.push(text);
      return () => source.end();
    };
    expect(attempt('[1]')).toThrow(/IMPORT_FORMAT_UNKNOWN.*one JSON document or JSON records.*\n.*one, two/);
    expect(attempt('{}')).toThrow(/IMPORT_FORMAT_AMBIGUOUS.*one or two/);
    expect(attempt('{}', 'two')().name).toBe('two');
    expect(attempt('{}', 'three')).toThrow(/no such format.*three[^]*one, two/);
    expect(attempt('plain', 'one')).toThrow(/IMPORT_FORMAT_SHAPE.*lines of text/);
  });
});
