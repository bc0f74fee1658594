// llm.hang: the call never settles until the caller aborts it.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const llmHang = defineFault({
  kind: 'llm.hang',
  catalogueLayer: 'LLM transport',
  family: 'delays',
  layer: 'llm',
  phase: 'request',
  summary: 'The call never settles until the caller aborts it.',
  parameters: z.strictObject({}),
  examples: [{}],
  bend: () => ({ kind: 'silent', billed: null }),
});
