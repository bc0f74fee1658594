// llm.serverError: the provider, or a proxy in front of it, answers 5xx.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { failedModel } from './failed-model.ts';
import { milliseconds } from './measures.ts';

const phrases = {
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  529: 'Overloaded',
} as const;

export const llmServerError = defineFault({
  kind: 'llm.serverError',
  catalogueLayer: 'LLM transport',
  family: 'failures',
  layer: 'llm',
  phase: 'request',
  summary: 'The provider answers 5xx; or a proxy does, with a page of HTML.',
  parameters: z.strictObject({
    status: z.literal([500, 502, 503, 504, 529]).default(500),
    body: z.enum(['provider', 'proxyHtml']).default('provider'),
    afterMs: milliseconds.default(0),
  }),
  examples: [
    { status: 500, body: 'provider', afterMs: 0 },
    { status: 502, body: 'proxyHtml', afterMs: 1_000 },
    { status: 503, body: 'provider', afterMs: 0 },
    { status: 529, body: 'provider', afterMs: 30_000 },
  ],
  bend(_bending, { status, body, afterMs }) {
    const phrase = phrases[status];
    const failure = { reason: 'serverError', status, message: phrase, retryable: true } as const;
    if (body === 'provider') return failedModel(failure, afterMs);
    const title = `${status} ${phrase}`;
    return failedModel(failure, afterMs, {
      headers: { 'content-type': 'text/html' },
      rawBody: `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
    });
  },
});
