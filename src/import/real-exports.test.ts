// Real exports of span formats: each gives exactly the facts that are known of it, and says where a broken one is broken.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Json } from '../base/json.ts';
import { countImported, importText, importTraces } from './import-text.ts';
import type { ImportCounts } from './import-summary.ts';

const folder = fileURLToPath(new URL('../../../shared/data/imports/', import.meta.url));
const isThere = existsSync(folder);

interface Fact {
  readonly format: string;
  readonly counts: Partial<ImportCounts>;
  /** A key place, what is wrongly put there, and what the error then names. */
  readonly wrong: {
    readonly path: readonly (string | number)[];
    readonly value: Json;
    readonly place: string;
  };
}

const oneCall = { modelCalls: 1, toolCalls: {}, handoffs: 0, events: 2 };

const facts: Readonly<Record<string, Fact>> = {
  'langfuse-openai-agents-2025-09-30.json': {
    format: 'langfuse',
    counts: { agents: ['Hello world'], modelCalls: 2, toolCalls: { get_weather: 1 }, events: 6 },
    wrong: { path: ['observations', 1, 'startTime'], value: 'soon', place: '/observations/1/startTime' },
  },
  'langfuse-crewai-2025-07-11.json': {
    format: 'langfuse',
    counts: { agents: ['Software developer'], ...oneCall },
    wrong: { path: ['observations', 0, 'id'], value: 7, place: '/observations/0/id' },
  },
  'langfuse-google-adk-2025-08-28.json': {
    format: 'langfuse',
    counts: { agents: ['hello_agent'], modelCalls: 2, toolCalls: { say_hello: 1 }, events: 6 },
    wrong: { path: ['observations', 2, 'type'], value: null, place: '/observations/2/type' },
  },
  'otel-anyagent-OPENAI.json': {
    format: 'otel',
    counts: { agents: ['any_agent'], modelCalls: 3, toolCalls: { get_current_time: 1, write_file: 1 } },
    wrong: { path: ['spans', 3, 'start_time'], value: 'soon', place: '/spans/3/start_time' },
  },
  'otel-anyagent-LANGCHAIN.json': {
    format: 'otel',
    counts: { agents: ['any_agent'], modelCalls: 4, toolCalls: { get_current_time: 1, write_file: 1 } },
    wrong: { path: ['spans', 1, 'name'], value: 3, place: '/spans/1/name' },
  },
  'otel-vercel-aisdk-v6-spans.json': {
    format: 'otel',
    counts: { modelCalls: 4, toolCalls: {}, events: 8 },
    wrong: { path: [4, 'spanContext', 'spanId'], value: [], place: '/4/spanContext/spanId' },
  },
  'otel-attrs-opencode-doStream.json': {
    format: 'otel',
    counts: oneCall,
    wrong: { path: ['attributes'], value: 'none', place: '/attributes' },
  },
  'otel-attrs-gemini-cli-llm_call.json': {
    format: 'otel',
    counts: { agents: ['gemini-cli'], ...oneCall },
    wrong: { path: ['spanName'], value: 5, place: '/spanName' },
  },
  'otlp-json-claude-code-handmade.json': {
    format: 'otel',
    counts: oneCall,
    wrong: {
      path: ['resourceSpans', 0, 'scopeSpans', 0, 'spans', 0, 'startTimeUnixNano'],
      value: true,
      place: '/resourceSpans/0/scopeSpans/0/spans/0/startTimeUnixNano',
    },
  },
  'langsmith-run-wrap-openai-stream.json': {
    format: 'langsmith',
    counts: { ...oneCall, tokens: { input: 9, output: 9, total: 18, unknownCalls: 0 } },
    wrong: { path: ['patch', 0, 'end_time'], value: 'later', place: '/patch/0/end_time' },
  },
  'openai-agents-runstate-v1_13.json': {
    format: 'openai-agents-state',
    counts: { agents: ['compat-agent'], modelCalls: 1, toolCalls: { historical_approval: 1 }, events: 4 },
    wrong: { path: ['generated_items', 0, 'agent'], value: 'x', place: '/generated_items/0/agent' },
  },
};

const read = (text: string) => importText([text], { format: null });
const text = (file: string) => readFileSync(join(folder, file), 'utf8');

/** The same document with one value replaced. */
function replaced(value: Json, [step, ...rest]: readonly (string | number)[], by: Json): Json {
  if (step === undefined) return by;
  if (Array.isArray(value))
    return (value as readonly Json[]).map((one, index) => (index === step ? replaced(one, rest, by) : one));
  const record = value as Readonly<Record<string, Json>>;
  return { ...record, [step]: replaced(record[step] ?? null, rest, by) };
}

describe.skipIf(!isThere)('a real export (skipped where ../shared/data is not there)', () => {
  it.for(Object.entries(facts))('%s gives the facts that are known of it', ([file, { format, counts }]) => {
    const imported = read(text(file));
    expect(imported.format).toBe(format);
    expect(countImported(imported)).toMatchObject(counts);
    expect(imported.runs.flatMap(({ events }) => events).length).toBeGreaterThan(0);
    expect(imported.asks).toHaveLength(counts.modelCalls ?? 0);
    expect(importTraces([text(file)], { format: null }).runs).toEqual(imported.runs);
  });

  it.for(Object.keys(facts))('%s says where it ends when it is cut off', (file) => {
    const whole = text(file);
    expect(() => read(whole.slice(0, whole.length * 0.6))).toThrow(/IMPORT_BROKEN\] at line \d+ column \d+/);
  });

  it.for(Object.entries(facts))('%s says where a value has the wrong type', ([file, { wrong, format }]) => {
    const broken = replaced(JSON.parse(text(file)) as Json, wrong.path, wrong.value);
    for (const attempt of [importText, importTraces])
      expect(() => attempt([JSON.stringify(broken)], { format })).toThrow(
        `IMPORT_BROKEN] at ${wrong.place}:`,
      );
  });

  it.for(Object.keys(facts))('%s says where a bad line stands in it', (file) => {
    const lines = JSON.stringify(JSON.parse(text(file)), null, 1).split('\n');
    const middle = Math.floor(lines.length / 2);
    lines.splice(middle, 0, '#garbage#');
    expect(() => read(lines.join('\n'))).toThrow(`IMPORT_BROKEN] at line ${middle + 1} column 1:`);
  });

  it('of an interrupted run shows the approval that it waits for', () => {
    const { runs } = read(text('openai-agents-runstate-v1_13.json'));
    const asked = runs[0]?.events.filter(({ kind }) => kind === 'approval.asked');
    expect(asked).toMatchObject([{ agent: 'compat-agent', name: 'historical_approval' }]);
  });

  it('keeps what was asked and answered, whatever it was packed in', () => {
    const [first, second] = read(text('langfuse-openai-agents-2025-09-30.json')).asks;
    expect(first).toMatchObject({
      agent: 'Hello world',
      input: [{ role: 'system' }, { role: 'user', content: "What's the weather in Tokyo?" }],
      said: { toolCalls: [{ name: 'get_weather', arguments: { city: 'Tokyo' } }] },
    });
    expect(second?.input?.at(-1)).toMatchObject({ role: 'tool', name: 'get_weather' });
    expect(second?.said?.text).toMatch(/^The weather in Tokyo/);
  });
});
