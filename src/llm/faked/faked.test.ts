// Tests of the faked double: it fits the schema, it is seeded, it reads names, and it costs little.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Json, JsonObject } from '../../base/json.ts';
import { createRandom } from '../../base/random.ts';
import type { Answer } from '../../team/ask.ts';
import { asking } from '../asking.test-support.ts';
import { faked } from './faked.ts';

const schemaOf = (type: z.ZodType): JsonObject => z.toJSONSchema(type) as JsonObject;

const lead = z.object({
  lead_id: z.string().regex(/^L-\d{4}$/),
  company: z.string(),
  contactEmail: z.email(),
  contact_name: z.string(),
  city: z.string(),
  founded_on: z.iso.date(),
  seen_at: z.iso.datetime(),
  website: z.url(),
  amount_usd: z.number().min(100).max(500),
  seats: z.int().positive(),
  score: z.int().min(0).max(100),
  confidence: z.number().min(0).max(1),
  tone: z.enum(['warm', 'formal']),
  kind: z.literal('lead'),
  summary: z.string().min(20).max(80),
  tags: z.array(z.string().max(12)).min(2).max(4),
  note: z.string().nullable(),
  phone: z.string().optional(),
  address: z.object({ street: z.string(), zip: z.string() }),
  choice: z.union([
    z.object({ by: z.literal('mail') }),
    z.object({ by: z.literal('phone'), phone: z.string() }),
  ]),
  uuid: z.uuid(),
});

function answer(double: ReturnType<typeof faked>, schema: JsonObject, ...labels: (string | number)[]): Json {
  const said = double.answer(asking({ responseSchema: schema }), createRandom(1, ...labels));
  return JSON.parse((said as Answer).content) as Json;
}

describe('the faked double', () => {
  it('fits every schema of a lead, for any seed', () => {
    const double = faked();
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const value = answer(double, schemaOf(lead), seed);
        expect(lead.safeParse(value).error).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });

  it('answers the same to the same stream, whatever was asked before', () => {
    const [one, other] = [faked(), faked()];
    for (let count = 0; count < 5; count += 1) answer(other, schemaOf(lead), 'noise', count);
    expect(answer(other, schemaOf(lead), 'a')).toEqual(answer(one, schemaOf(lead), 'a'));
    expect(answer(one, schemaOf(lead), 'b')).not.toEqual(answer(one, schemaOf(lead), 'a'));
  });

  it('reads names: companies, people, sensible confidence, mail to nobody', () => {
    const value = answer(faked(), schemaOf(lead), 3) as Record<string, never>;
    expect(value['contactEmail']).toMatch(/@[a-z-]+\.example\.com$/);
    expect(value['confidence']).toBeGreaterThanOrEqual(0.7);
    expect(String(value['contact_name']).split(' ').length).toBeGreaterThan(1);
    expect(value['seats']).toBeLessThanOrEqual(400);
  });

  it('leaves the choice of the next agent to those who must make it', () => {
    const open = schemaOf(z.object({ payload: z.object({}), next: z.string().optional() }));
    const bound = schemaOf(z.object({ next: z.enum(['writer']) }));
    for (let seed = 0; seed < 30; seed += 1) expect(answer(faked(), open, seed)).not.toHaveProperty('next');
    expect(answer(faked(), bound, 1)).toEqual({ next: 'writer' });
  });

  it('ends for a schema that refers to itself', () => {
    const tree: JsonObject = {
      type: 'object',
      properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#' } } },
      required: ['name'],
    };
    for (let seed = 0; seed < 50; seed += 1) expect(answer(faked(), tree, seed)).toHaveProperty('name');
  });

  it('uses each offered tool once where that was asked for, then answers', () => {
    const tools = [{ name: 'look', description: '', parameters: schemaOf(z.object({ city: z.string() })) }];
    const first = faked({ tools: 'once' }).answer(asking({ tools }), createRandom(1));
    expect(first).toMatchObject({
      finishReason: 'toolCalls',
      toolCalls: [{ name: 'look', arguments: { city: expect.any(String) } }],
    });
    const messages = [{ role: 'assistant' as const, content: '', toolCalls: (first as Answer).toolCalls }];
    expect(faked({ tools: 'once' }).answer(asking({ tools, messages }), createRandom(1))).toMatchObject({
      finishReason: 'stop',
    });
    expect(faked().answer(asking({ tools }), createRandom(1))).toMatchObject({ finishReason: 'stop' });
  });
});
