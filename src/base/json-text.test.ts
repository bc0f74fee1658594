// Tests of JSON texts: what is broken is told with its place.
import { describe, expect, it } from 'vitest';
import { jsonPointer, readJson } from './json-text.ts';

describe('a broken JSON text', () => {
  it.for([
    ['{"entries":\n [}', '2:3'],
    ['{"entries": [', '1:14'],
    ['', '1:1'],
    ['[1, 2,\n 3 4]', '2:4'],
    ['{"a": 1}\n}', '2:1'],
    ['{"a": "b\n"}', '1:9'],
    [`{"a": "${'x'.repeat(300)}",\n  b: 1}`, '2:3'],
  ] as const)('%j says where', ([text, place]) => {
    expect(readJson(text)).toMatchObject({ kind: 'broken', place });
  });
});

describe('a JSON pointer', () => {
  it('escapes what stands for its own marks', () => {
    expect([jsonPointer([]), jsonPointer(['a/b', 0, '~'])]).toEqual(['#', '#/a~1b/0/~0']);
  });
});
