// llm.refused: nobody listens at the provider's address.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { failedModel } from './failed-model.ts';

export const llmRefused = defineFault({
  kind: 'llm.refused',
  catalogueLayer: 'LLM transport',
  family: 'failures',
  layer: 'llm',
  phase: 'request',
  summary: 'The connection is refused.',
  parameters: z.strictObject({}),
  examples: [{}],
  bend: () => failedModel({ reason: 'refused', message: 'connect ECONNREFUSED', retryable: true }, 0),
});
