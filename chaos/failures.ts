// Plans about plain failures of providers and tools.
import {
  after,
  always,
  and,
  burst,
  inject,
  markov,
  max,
  nth,
  plan,
  probability,
  until,
} from 'passmuster/chaos';

export const providerBrownout = plan(
  'provider-brownout',
  'While the provider is slow and fails on and off, the team retries with patience and ends its mission.',
  [
    inject('llm.serverError', { status: 503 }, markov(0.2, 0.5)),
    inject('llm.latency', { ms: 3_000, dist: 'exponential' }, probability(0.5)),
    inject('llm.serverError', { status: 502, body: 'proxyHtml' }, max(1, probability(0.1))),
  ],
);

export const rateLimitStorm = plan(
  'rate-limit-storm',
  'Told to wait, the team waits; told nothing or nonsense, it backs off by itself and does not hammer.',
  [
    inject('llm.rateLimit', { retryAfter: 'seconds', retryAfterMs: 5_000, burst: 2 }, nth(1)),
    inject('llm.rateLimit', { retryAfter: 'missing' }, max(2, probability(0.25))),
    inject('llm.rateLimit', { retryAfter: 'wrong' }, max(1, probability(0.1))),
  ],
);

export const providerOutage = plan(
  'provider-outage',
  'With the provider out of reach for a minute, the team resumes when it is back, or escalates; it never stops silently.',
  [inject('llm.partition', { healAfterMs: 60_000 }, and(after(2_000), until(120_000)))],
);

export const revokedKey = plan(
  'revoked-key',
  'A refused key is not retried: the mission ends at once, loudly, with the reason.',
  [inject('llm.authError', { status: 401 }, always())],
);

export const flakyTools = plan(
  'flaky-tools',
  'Tools that fail now and then are retried where that is safe, and no effect takes place twice.',
  [
    inject('tool.error', {}, max(3, probability(0.25))),
    inject('tool.httpStatus', { status: 503, afterMs: 1_000 }, max(2, probability(0.2))),
    inject('tool.timeout', { afterMs: 20_000 }, max(1, probability(0.1))),
  ],
);

export const lostToolReply = plan(
  'lost-tool-reply',
  'An effect whose reply was lost is looked up or put to a person; it is never blindly repeated.',
  [inject('tool.timeoutAfterCommit', { afterMs: 15_000 }, max(2, probability(0.4)))],
);

export const emptyTools = plan(
  'empty-tools',
  'A tool that finds nothing leads to a stated gap or a lower confidence, never to an invented fact.',
  [inject('tool.empty', { form: 'shape' }, burst(1, 2))],
);
