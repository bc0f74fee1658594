// stream.error-after-200: the status said that all is well, and then the answer breaks down.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { share } from './measures.ts';

export const streamErrorAfter200 = defineFault({
  kind: 'stream.error-after-200',
  catalogueLayer: 'LLM stream',
  family: 'failures',
  layer: 'llm',
  phase: 'reply',
  summary: 'After a status that said that all is well, the answer breaks down.',
  parameters: z.strictObject({
    after: share.default(0.5).describe('share of the answer that comes before'),
    how: z
      .enum(['event', 'json', 'sse'])
      .default('event')
      .describe(
        "event: the provider's own error; json: an event whose JSON breaks off; sse: a line that is no field",
      ),
    message: z.string().min(1).default('Overloaded'),
    status: z.int().min(400).max(599).default(529).describe('what the error would have been at the start'),
  }),
  examples: [
    { after: 0.5, how: 'event', message: 'Overloaded', status: 529 },
    { after: 0, how: 'event', message: 'The server had an error.', status: 500 },
    { after: 0.5, how: 'json', message: 'Overloaded', status: 529 },
    { after: 0.5, how: 'sse', message: 'Overloaded', status: 529 },
  ],
  bend({ outcome }, { after, how, message, status }) {
    if (outcome?.kind !== 'answered' || outcome.delivery.end.kind !== 'complete') return null;
    const { delivery } = outcome;
    if (how === 'event' || delivery.mishap === undefined) {
      const failure = { reason: 'serverError', status, message, retryable: status >= 500 } as const;
      return { ...outcome, delivery: { ...delivery, end: { kind: 'failed', share: after, failure } } };
    }
    if (delivery.mishap.kind !== 'none') return null;
    return { ...outcome, delivery: { ...delivery, mishap: { kind: 'malformed', share: after, how } } };
  },
});
