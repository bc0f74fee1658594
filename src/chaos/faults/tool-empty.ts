// tool.empty: the tool returns, and there is nothing in it.
import { z } from 'zod';
import type { Json } from '../../base/json.ts';
import { defineFault } from '../fault.ts';

export const toolEmpty = defineFault({
  kind: 'tool.empty',
  catalogueLayer: 'Tool',
  family: 'failures',
  layer: 'tool',
  phase: 'reply',
  summary: 'The tool returns, and there is nothing in it.',
  parameters: z.strictObject({
    form: z
      .enum(['shape', 'null'])
      .default('shape')
      .describe('shape: an empty list for a list, an empty object for an object, and so on'),
  }),
  examples: [{ form: 'shape' }, { form: 'null' }],
  bend({ outcome }, { form }) {
    if (outcome?.kind !== 'returned') return null;
    return { ...outcome, result: form === 'null' ? null : emptied(outcome.result) };
  },
});

function emptied(result: Json): Json {
  if (Array.isArray(result)) return [];
  if (typeof result === 'string') return '';
  return typeof result === 'object' && result !== null ? {} : null;
}
