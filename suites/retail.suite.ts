// What must hold of the retail team: a restriction that one agent finds binds the others.
import { invariants, scenario } from 'passmuster/vitest';
import fc from 'fast-check';
import { expect } from 'vitest';
import { planOf } from '../chaos/index.ts';
import { launchLantern } from '../fixtures/missions/retail.ts';
import { retailSubject as subject } from '../fixtures/teams/retail/subject.ts';

scenario(
  'retail/keeps-the-brand-voice-when-handoffs-come-late',
  { subject, tags: ['release', 'delays'] },
  async ({ team, trials }) => {
    await trials(async () => {
      const run = await team.run(launchLantern, { chaos: planOf('shuffled-handoffs') });
      expect(run).toStayWithinBudget();
    });
  },
);

scenario(
  'retail/mends-its-copy-when-the-gate-rejects-once',
  { subject, tags: ['release', 'gates'] },
  async ({ team, trials }) => {
    await trials(async () => {
      await team.run(launchLantern, { chaos: planOf('gate-rejects-once') });
    });
  },
);

scenario(
  'retail/honours-the-brand-voice-in-any-order-of-things',
  { subject, tags: ['generated', 'races'], accept: ['escalated', 'recovered', 'absorbed'] },
  async ({ team, forAll }) => {
    await forAll(fc.nat(), async (schedule) => {
      expect(await team.run(launchLantern, { chaos: planOf('slow-provider'), schedule })).toHold(invariants);
    });
  },
);
