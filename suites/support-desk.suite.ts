// A team on somebody else's framework, unchanged: two agents with a handoff on `@openai/agents`.
import { noFailure, scenario } from 'passmuster/vitest';
import { inject, nth, plan } from 'passmuster/chaos';
import { brokenOrder, supportDesk } from '../fixtures/teams/agents-sdk/subject.ts';

const rateLimited = plan('one-rate-limit', 'A rate limit that passes costs a retry and nothing else.', [
  inject('llm.rateLimit', { retryAfter: 'seconds', retryAfterMs: 20_000 }, nth(2)),
]);

scenario(
  'support-desk/survives-a-rate-limit',
  { subject: supportDesk, tags: ['frameworks'], gate: noFailure, trials: 5 },
  async ({ team, trials }) => {
    await trials(async () => {
      await team.run(brokenOrder, { chaos: rateLimited });
    });
  },
);
