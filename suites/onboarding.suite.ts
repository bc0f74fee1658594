// What must hold of the onboarding team: a router that only routes, and four agents that do the work.
import { anyPlan, handoffInvariants, scenario } from 'passmuster/vitest';
import { expect } from 'vitest';
import { planOf } from '../chaos/index.ts';
import { welcomeEngineer, welcomeSeller } from '../fixtures/missions/onboarding.ts';
import { onboardingSubject as subject } from '../fixtures/teams/onboarding/subject.ts';

scenario(
  'onboarding/survives-a-provider-brownout',
  { subject, tags: ['release', 'failures'], gate: { kind: 'atLeast', rate: 0.8, confidence: 0.95 } },
  async ({ team, trials }) => {
    await trials(async () => {
      expect(await team.run(welcomeEngineer, { chaos: planOf('provider-brownout') })).toStayWithinBudget();
    });
  },
);

scenario(
  'onboarding/survives-misrouted-handoffs',
  { subject, tags: ['release', 'handoffs'] },
  async ({ team, trials }) => {
    await trials(async () => {
      expect(await team.run(welcomeSeller, { chaos: planOf('misrouted-handoff') })).toHold(handoffInvariants);
    });
  },
);

scenario(
  'onboarding/survives-a-crash-at-any-step',
  { subject, tags: ['crashes'] },
  async ({ team, trials }) => {
    await trials(async () => {
      await team.run(welcomeEngineer, { chaos: planOf('crash-anywhere') });
    });
  },
);

scenario(
  'onboarding/holds-under-any-fault',
  {
    subject,
    tags: ['generated'],
    accept: ['escalated', 'degraded', 'recovered', 'absorbed', 'failed loudly'],
  },
  async ({ team, forAll }) => {
    const faults = anyPlan({
      faultsMax: 1,
      families: ['delays', 'failures', 'loops', 'handoffs', 'crashes'],
    });
    await forAll(faults, async (chaos) => {
      expect(await team.run(welcomeEngineer, { chaos })).toHold(handoffInvariants);
    });
  },
);
