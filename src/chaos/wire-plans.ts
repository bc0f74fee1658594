// Wire plans: what goes wrong between any team and its model provider, for teams that nobody has written plans for.
import { inject, plan } from './plan-builder.ts';
import type { Plan } from './plan.ts';
import { max, nth, probability } from './triggers.ts';

/** Delays are short, since a team in a process of its own waits for real; one mishap a run, that passes. */
export const wirePlans: readonly Plan[] = [
  plan('rate-limit', 'Told to wait a second, the team waits and goes on.', [
    inject('llm.rateLimit', { retryAfter: 'seconds', retryAfterMs: 1_000 }, nth(1)),
  ]),
  plan('server-error', 'A provider that fails once costs another try and nothing else.', [
    inject('llm.serverError', { status: 500 }, max(1, probability(0.6))),
  ]),
  plan('lost-connection', 'A connection that breaks before the answer costs another try and nothing else.', [
    inject('llm.reset', {}, max(1, probability(0.6))),
  ]),
  plan('slow-provider', 'A slow provider makes the team slower and nothing else.', [
    inject('llm.latency', { ms: 1_500 }, max(2, probability(0.6))),
  ]),
  plan(
    'cut-answer',
    'An answer that breaks off in the middle is asked for again, or the team says that it failed.',
    [inject('stream.cut', { after: 10, unit: 'bytes' }, max(1, probability(0.6)))],
  ),
];
