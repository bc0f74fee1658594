// tool.error: the tool fails before it has done anything.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import type { ToolOutcome } from '../outcome.ts';
import { milliseconds, text } from './measures.ts';

export const toolError = defineFault({
  kind: 'tool.error',
  catalogueLayer: 'Tool',
  family: 'failures',
  layer: 'tool',
  phase: 'request',
  summary: 'The tool fails before it has done anything.',
  parameters: z.strictObject({
    form: z
      .enum(['exception', 'payload', 'notFound'])
      .default('exception')
      .describe('payload: a result that speaks of an error; notFound: there is no such tool'),
    message: text.default('the tool broke down'),
    retryable: z.boolean().default(true).describe('for exception'),
    afterMs: milliseconds.default(0),
  }),
  examples: [
    { form: 'exception', message: 'the tool broke down', retryable: true, afterMs: 0 },
    { form: 'exception', message: 'bad input', retryable: false, afterMs: 0 },
    { form: 'payload', message: 'quota used up', retryable: true, afterMs: 10 },
    { form: 'notFound', message: 'no such tool', retryable: false, afterMs: 0 },
  ],
  bend: (_bending, { form, message, retryable, afterMs }): ToolOutcome => {
    if (form === 'payload') return { kind: 'returned', result: { error: message }, afterMs };
    const status = form === 'notFound' ? 404 : 0;
    const mayRetry = form === 'exception' && retryable;
    return { kind: 'failed', message, status, retryable: mayRetry, applied: 'no', afterMs };
  },
});
