// muster's own traces come back as they were, in every form, and are refused with the place where they are broken.
import { describe, expect, it } from 'vitest';
import { tell } from '../../check/testing/trace-story.test-support.ts';
import { healthyStory } from '../../check/testing/healthy-story.test-support.ts';
import { traceDocument, traceLines } from '../../trace/trace-file.ts';
import { importText } from '../import-text.ts';

const trace = tell(healthyStory);
const other = { ...trace, seed: 99, events: trace.events.slice(0, 3) };
const read = (text: string) => importText([text], { format: null });
const lines = [...traceLines([trace])];
/** The file with its first event changed. */
const second = (from: RegExp, to: string) =>
  lines.map((line, index) => (index === 1 ? line.replace(from, to) : line)).join('');

describe("muster's own traces", () => {
  it('come back from NDJSON and from JSON, one or several', () => {
    for (const traces of [[trace], [trace, other]]) {
      const wanted: unknown = JSON.parse(JSON.stringify(traces));
      expect(read([...traceLines(traces)].join('')).runs).toEqual(wanted);
      expect(read(traceDocument(traces)).runs).toEqual(wanted);
    }
  });

  const broken: readonly [what: string, text: string, place: string][] = [
    ['an event that is missing', [...lines.slice(0, 3), ...lines.slice(4)].join(''), 'line 4 /seq'],
    ['a field of the wrong type', second(/"atMs":\d+/, '"atMs":"0"'), 'line 2 /atMs'],
    ['an unknown kind', second(/"kind":"[a-z.]+"/, '"kind":"x"'), 'line 2 /kind'],
    ['another version', lines.join('').replace('"version":1', '"version":9'), 'line 1 /version'],
    ['a head without a mission', '{"muster":"trace","version":1,"subject":"x"}', 'mission/id'],
  ];
  it.for(broken)('are refused with the place of %s', ([, text, place]) => {
    expect(() => read(text)).toThrow(`${place}:`);
  });
});
