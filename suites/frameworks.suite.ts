// Teams on other frameworks, unchanged: a LangGraph.js supervisor graph and a tool loop on the Vercel AI SDK.
import { noFailure, scenario } from 'passmuster/vitest';
import { inject, nth, plan } from 'passmuster/chaos';
import { planOf } from '../chaos/index.ts';
import { toMunich, travelDesk } from '../fixtures/teams/ai-sdk/subject.ts';
import { coffee, marketDesk } from '../fixtures/teams/langgraph/subject.ts';

const onWorkers = { agents: ['researcher', 'analyst', 'writer'] };
const workersInTrouble = plan(
  'workers-in-trouble',
  'What passes at one worker costs the desk a try, and no other work.',
  [
    inject('llm.rateLimit', { retryAfter: 'seconds', retryAfterMs: 20_000 }, nth(1), onWorkers),
    inject('llm.serverError', { status: 503 }, nth(2), onWorkers),
    inject('llm.reset', {}, nth(3), onWorkers),
  ],
);

scenario(
  'market-desk/survives-trouble-at-each-worker',
  { subject: marketDesk, tags: ['frameworks'], gate: noFailure, trials: 3 },
  async ({ team, trials }) => {
    await trials(async () => {
      await team.run(coffee, { chaos: workersInTrouble });
    });
  },
);

// Its client gives up after three tries: then the desk says so. It never hangs, and never says done with another result.
scenario(
  'travel-desk/recovers-from-a-brownout-or-says-that-it-failed',
  {
    subject: travelDesk,
    tags: ['frameworks'],
    gate: noFailure,
    trials: 6,
    accept: ['absorbed', 'recovered', 'failed loudly'],
  },
  async ({ team, trials }) => {
    await trials(async () => {
      await team.run(toMunich, { chaos: planOf('provider-brownout') });
    });
  },
);
