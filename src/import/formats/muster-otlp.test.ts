// What is exported to OpenTelemetry can be read by any tool, and comes back event for event.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../base/json.ts';
import { anyTrial, subjectOfShape } from '../../campaign/generate/any-trial.ts';
import { runTrial } from '../../campaign/trial.ts';
import { healthyStory } from '../../check/testing/healthy-story.test-support.ts';
import { tell } from '../../check/testing/trace-story.test-support.ts';
import { conventions } from '../../trace/otlp-fields.ts';
import { otlpOf } from '../../trace/otlp.ts';
import type { Trace } from '../../trace/trace.ts';
import { countImported, importText } from '../import-text.ts';
import { formats } from '../formats.ts';
import { firstSpans } from '../spans/span-source.ts';
import { musterOtlp } from './muster-otlp.ts';
import { otel } from './otel.ts';

const exported = (traces: readonly Trace[]) => JSON.stringify(otlpOf(traces));
const read = (text: string, format: string | null = null) => importText([text], { format });
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const story = tell(healthyStory);

describe('a trace that is exported to OpenTelemetry', () => {
  it('comes back as it was, whatever the simulator did', () => {
    fc.assert(
      fc.property(anyTrial(3), ({ shape, mission, plan, schedule }) => {
        const trial = runTrial({ subject: subjectOfShape(shape), mission, plan, seed: schedule, schedule });
        if (trial instanceof Promise) throw new Error('the doubles are synchronous, so the trial must be');
        expect(read(exported([trial.chaos])).runs).toEqual([plain(trial.chaos)]);
      }),
      { numRuns: 40 },
    );
  });

  it('comes back from an import of a foreign format, with its unknown tokens and broken arguments', () => {
    const response = {
      output: [{ type: 'function_call', call_id: 'c1', name: 'look', arguments: '{"broken' }],
    };
    const state = {
      $schemaVersion: '1',
      current_agent: { name: 'a' },
      model_responses: [response, response],
    };
    const { runs } = read(JSON.stringify(state));
    expect(runs[0]?.events.length).toBeGreaterThan(4);
    expect(read(exported(runs)).runs).toEqual(plain(runs));
  });

  it('is the same bytes each time, states the conventions, and gives each span an id and a parent', () => {
    expect(exported([story, story])).toBe(exported([story, story]));
    const [resource] = otlpOf([story])['resourceSpans'] as readonly JsonObject[];
    expect(resource?.['schemaUrl']).toBe(conventions);
    const spans = firstSpans(otlpOf([story]));
    const ids = new Set(spans.map(({ id }) => id));
    expect(ids.size).toBe(spans.length);
    const [root, ...others] = spans;
    expect(root).toMatchObject({ name: 'invoke_workflow story', parent: null });
    for (const { parent } of others) expect(ids).toContain(parent);
  });

  it('tells a tool that knows the conventions alone the same calls, tools and tokens', () => {
    const foreign = read(exported([story]), 'otel');
    const own = countImported(read(exported([story])));
    const told = countImported(foreign);
    expect(told.modelCalls).toBe(own.modelCalls);
    expect(told.toolCalls).toEqual(own.toolCalls);
    expect(told.tokens).toEqual(own.tokens);
    expect(told.agents).toEqual(own.agents);
  });

  it('is known as ours, and not as anybody else’s', () => {
    const sample = { shape: 'document', values: [JSON.parse(exported([story])) as Json] } as const;
    expect(formats.filter((format) => format.detects(sample))).toEqual([musterOtlp]);
    expect(otel.detects(sample)).toBe(false);
  });

  it('is refused with the place where it was broken', () => {
    const text = exported([story]);
    expect(() => read(text.replace('muster.opened', 'muster.other'))).toThrow(
      /resourceSpans\/0: event \d+ of/,
    );
    expect(() => read(text.replace(String.raw`\"version\":1`, String.raw`\"version\":9`))).toThrow(
      'muster.head/version',
    );
  });
});
