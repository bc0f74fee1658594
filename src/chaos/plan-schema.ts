// The shape of a plan as it may stand in a file: what is a number, what is a list, and what is required.
import { z } from 'zod';
import type { JsonObject } from '../base/json.ts';
import type { Plan, Scope, Trigger } from './plan.ts';

/** Numbers that can be written but never be met, such as `nth` 0, are the satisfiability check's affair. */
const count = z.int().min(0);
const ordinal = z.int().min(0);
const milliseconds = z.number().min(0);
const chance = z.number().min(0).max(1);
const name = z.string().min(1);

const triggerSchema: z.ZodType<Trigger> = z.lazy(() => anyTrigger);
const triggers = z.array(triggerSchema).min(1);

const anyTrigger = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('always') }),
  z.strictObject({ kind: z.literal('nth'), n: ordinal }),
  z.strictObject({ kind: z.literal('every'), n: count, offset: count.exactOptional() }),
  z.strictObject({ kind: z.literal('probability'), p: chance }),
  z.strictObject({ kind: z.literal('between'), from: ordinal, to: ordinal }),
  z.strictObject({ kind: z.literal('after'), elapsedMs: milliseconds }),
  z.strictObject({ kind: z.literal('until'), elapsedMs: milliseconds }),
  z.strictObject({ kind: z.literal('onAgent'), agent: name }),
  z.strictObject({ kind: z.literal('onTool'), tool: name }),
  z.strictObject({ kind: z.literal('onEdge'), from: name, to: name }),
  z.strictObject({ kind: z.literal('onRecord'), event: name }),
  z.strictObject({ kind: z.literal('markov'), enter: chance, leave: chance }),
  z.strictObject({
    kind: z.literal('burst'),
    start: z.int().min(1),
    length: count,
    gap: count.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('and'), of: triggers }),
  z.strictObject({ kind: z.literal('or'), of: triggers }),
  z.strictObject({ kind: z.literal('not'), of: triggerSchema }),
  z.strictObject({ kind: z.literal('max'), times: count, of: triggerSchema }),
  z.strictObject({ kind: z.literal('cooldown'), crossings: count, of: triggerSchema }),
]);

const edge = z.string().regex(/^.+->.+$/, 'an edge is written from->to');

const scopeSchema: z.ZodType<Scope> = z.strictObject({
  agents: z.array(name).min(1).exactOptional(),
  tools: z.array(name).min(1).exactOptional(),
  edges: z.array(edge).min(1).exactOptional(),
});

/** The fault's own parameters are read by its own schema, later. */
const faultSchema: z.ZodType<{ readonly kind: string } & JsonObject> = z
  .object({ kind: name })
  .catchall(z.json());

export const planSchema: z.ZodType<Plan> = z.strictObject({
  schemaVersion: z.literal(1),
  name,
  hypothesis: name,
  injections: z.array(
    z.strictObject({ fault: faultSchema, trigger: triggerSchema, scope: scopeSchema.exactOptional() }),
  ),
});
