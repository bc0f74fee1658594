// The verb import, as a user runs it: the summary, the files that it writes, and what it refuses to write.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeProject, type Ended } from './project.test-support.ts';

const span = (spanId: string, attributes: object) => ({
  name: 'x',
  traceId: 'aa',
  spanId,
  startTimeUnixNano: '1700000000000000000',
  endTimeUnixNano: '1700000001000000000',
  attributes,
});
const key = `sk-${'a1'.repeat(12)}`;
const incident = {
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: [
            span('01', {
              'gen_ai.operation.name': 'chat',
              'gen_ai.agent.name': 'clerk',
              'gen_ai.output.messages': [
                { role: 'assistant', parts: [{ type: 'text', content: `use ${key}` }] },
              ],
            }),
            span('02', { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'look' }),
            span('03', { 'http.method': 'GET' }),
          ],
        },
      ],
    },
  ],
};

describe('muster import', { timeout: 60_000 }, () => {
  const project = makeProject({});
  let json: Ended;
  let person: Ended;
  let named: Ended;

  beforeAll(async () => {
    project.write('incident.json', JSON.stringify(incident));
    project.write('broken.json', '{"resourceSpans": [\n{"scopeSpans": 7}]}');
    // A secret that is no text.
    const sly = JSON.stringify(incident)
      .replace(`use ${key}`, 'fine')
      .replace('"look"', '"look","gen_ai.tool.call.arguments":{"password":12345678}');
    project.write('sly.json', sly);
    const plumbing = { resourceSpans: [{ scopeSpans: [{ spans: [span('01', { 'http.method': 'GET' })] }] }] };
    project.write('plumbing.json', JSON.stringify(plumbing));
    [json, person, named] = await Promise.all([
      project.muster('import', 'incident.json', 'broken.json', 'plumbing.json', '--json'),
      project.muster('import', 'incident.json', '--out', 'trace.ndjson', '--otlp', 'trace.otlp.json'),
      project.muster('import', 'sly.json', '--out', 'sly.ndjson'),
    ]);
  }, 60_000);

  afterAll(() => project[Symbol.dispose]());

  it('prints one object a line, in the promised keys, and tells the broken file and the empty one beside it', () => {
    expect(json.status).toBe(2);
    expect(json.stderr).toMatch(/^broken\.json: \[IMPORT_BROKEN\] at \/resourceSpans\/0\/scopeSpans: .*7/);
    expect(json.stderr).toMatch(
      /\nplumbing\.json: \[IMPORT_NO_STEPS\]: .* read as otel\n {2}hint: what was left out/,
    );
    const [summary = {}, empty] = json.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(empty).toMatchObject({ format: 'otel', events: 0, skipped: [{ what: 'x span' }] });
    expect(Object.keys(summary)).toEqual(
      'format agents modelCalls toolCalls handoffs tokens events skipped loops'.split(' '),
    );
    expect(summary).toEqual({
      format: 'otel',
      agents: ['clerk'],
      modelCalls: 1,
      toolCalls: { look: 1 },
      handoffs: 0,
      tokens: { input: 0, output: 0, total: 0, unknownCalls: 1 },
      events: 4,
      skipped: [{ what: 'x span', count: 1, why: 'it holds other spans together, and is no step itself' }],
      loops: [],
    });
  });

  it('tells a person who, what and what was left out', () => {
    expect(person.status).toBe(0);
    expect(person.stdout).toMatch(
      /incident\.json {2}otel, 4 events\n {2}loops {4}none found\n {2}agents {3}clerk\n/,
    );
    expect(person.stdout).toMatch(/unknown for 1 calls\n {2}skipped {2}1 x span: /);
  });

  it('writes traces without secrets', () => {
    for (const file of ['trace.ndjson', 'trace.otlp.json']) {
      expect(project.read(file)).not.toContain(key);
      expect(project.read(file)).toContain('[redacted:api-key]');
    }
  });

  it('takes out what is a secret by its name alone', () => {
    expect(named.status).toBe(0);
    expect(project.read('sly.ndjson')).not.toContain('12345678');
  });
});
