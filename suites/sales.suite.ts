// What must hold of the sales team: from lead to signed contract, whatever goes wrong on the way.
import { anyPlan, handoffInvariants, invariants, scenario } from 'passmuster/vitest';
import fc from 'fast-check';
import { expect } from 'vitest';
import { planOf } from '../chaos/index.ts';
import { closeLead, closeSmallLead } from '../fixtures/missions/sales.ts';
import { salesSubject } from '../fixtures/teams/sales/subject.ts';

const subject = salesSubject;

scenario(
  'sales/survives-a-slow-provider',
  { subject, tags: ['release', 'delays'] },
  async ({ team, trials }) => {
    await trials(async () => {
      const run = await team.run(closeLead, { chaos: planOf('slow-provider') });
      expect(run).toRecover();
      expect(run).toStayWithinBudget();
      expect(run).not.toLoop();
    });
  },
);

scenario(
  'sales/survives-a-stalled-stream',
  { subject, tags: ['release', 'delays'] },
  async ({ team, trials }) => {
    await trials(async () => {
      const run = await team.run(closeLead, { chaos: planOf('stalled-stream') });
      expect(run).toRecover({ extraCalls: 6 });
      expect(run).toStayWithinBudget();
    });
  },
);

scenario(
  'sales/survives-flaky-tools',
  { subject, tags: ['release', 'failures'] },
  async ({ team, trials }) => {
    await trials(async () => {
      const run = await team.run(closeLead, { chaos: planOf('flaky-tools') });
      expect(run).toStayWithinBudget();
      expect(run).not.toLoop();
    });
  },
);

scenario(
  'sales/survives-answers-that-break-down',
  { subject, tags: ['release', 'garbling'] },
  async ({ team, trials }) => {
    await trials(async () => {
      const run = await team.run(closeLead, { chaos: planOf('broken-answers') });
      expect(run).toRecover({ extraCalls: 6 });
    });
  },
);

scenario(
  'sales/sends-malformed-answers-back',
  { subject, tags: ['release', 'garbling'] },
  async ({ team, trials }) => {
    await trials(async () => {
      const run = await team.run(closeLead, { chaos: planOf('malformed-answers') });
      expect(run).toStayWithinBudget();
    });
  },
);

scenario(
  'sales/survives-rate-limits',
  { subject, tags: ['release', 'failures'] },
  async ({ team, trials }) => {
    await trials(async () => {
      const run = await team.run(closeLead, { chaos: planOf('rate-limit-storm') });
      expect(run).toStayWithinBudget();
      expect(run).not.toLoop();
    });
  },
);

scenario(
  'sales/sends-one-contract-when-the-receipt-is-lost',
  { subject, tags: ['release', 'failures'] },
  async ({ team, trials }) => {
    await trials(async () => {
      const run = await team.run(closeLead, { chaos: planOf('lost-tool-reply') });
      const contracts = run.chaos.events.filter(
        (event) => event.kind === 'tool.applied' && event.tool === 'contract.send',
      );
      expect(contracts).toHaveLength(1);
    });
  },
);

scenario(
  'sales/stops-a-repeating-agent',
  { subject, tags: ['release', 'loops'], accept: ['escalated', 'recovered', 'absorbed'] },
  async ({ team, trials }) => {
    await trials(async () => {
      const run = await team.run(closeLead, { chaos: planOf('repeating-agent') });
      expect(
        run.chaos.events.some((event) => event.kind === 'loop.alarmed' || event.kind === 'fact.served'),
      ).toBe(true);
    });
  },
);

scenario(
  'sales/survives-lost-handoffs',
  { subject, tags: ['release', 'handoffs'] },
  async ({ team, trials }) => {
    await trials(async () => {
      const run = await team.run(closeLead, { chaos: planOf('dropped-handoff') });
      expect(run).toRecover({ within: '2m' });
    });
  },
);

scenario(
  'sales/survives-bouncing-handoffs',
  { subject, tags: ['loops', 'handoffs'] },
  async ({ team, trials }) => {
    await trials(async () => {
      expect(await team.run(closeLead, { chaos: planOf('bouncing-handoffs') })).not.toLoop();
    });
  },
);

scenario(
  'sales/escalates-when-nobody-approves',
  { subject, tags: ['release', 'approvals'], accept: ['escalated'] },
  async ({ team, trials }) => {
    await trials(async () => {
      const run = await team.run(closeLead, { chaos: planOf('approver-on-holiday') });
      expect(
        run.chaos.events.some((event) => event.kind === 'tool.applied' && event.tool === 'contract.send'),
      ).toBe(false);
    });
  },
);

scenario(
  'sales/never-passes-a-gate-that-rejects',
  { subject, tags: ['gates'], accept: ['escalated'] },
  async ({ team, trials }) => {
    await trials(async () => {
      await team.run(closeLead, { chaos: planOf('gate-always-rejects') });
    });
  },
);

scenario(
  'sales/survives-a-crash-at-any-step',
  { subject, tags: ['release', 'crashes'] },
  async ({ team, trials }) => {
    await trials(async () => {
      await team.run(closeLead, { chaos: planOf('crash-anywhere') });
    });
  },
);

scenario(
  'sales/holds-under-any-two-faults',
  {
    subject,
    tags: ['generated'],
    accept: ['escalated', 'degraded', 'recovered', 'absorbed', 'failed loudly'],
  },
  async ({ team, forAll }) => {
    const faults = anyPlan({
      faultsMax: 2,
      families: ['delays', 'failures', 'loops', 'handoffs', 'crashes', 'approvals'],
      agents: subject.agents,
    });
    await forAll(faults, async (chaos) => {
      expect(await team.run(closeSmallLead, { chaos })).toHold(handoffInvariants);
    });
  },
);

scenario(
  'sales/holds-in-any-order-of-things',
  { subject, tags: ['generated', 'races'] },
  async ({ team, forAll }) => {
    await forAll(fc.nat(), async (schedule) => {
      expect(await team.run(closeLead, { chaos: planOf('duplicated-handoffs'), schedule })).toHold(
        handoffInvariants,
      );
    });
  },
);

scenario(
  'sales/survives-an-operator-who-pauses-it',
  { subject, tags: ['release', 'operators'] },
  async ({ team, trials }) => {
    await trials(async () => {
      await team.run(closeLead, { chaos: planOf('operator-pauses') });
    });
  },
);

scenario(
  'sales/escalates-when-a-credential-is-taken-away',
  { subject, tags: ['credentials'], accept: ['escalated', 'recovered', 'absorbed'] },
  async ({ team, trials }) => {
    await trials(async () => {
      expect(await team.run(closeLead, { chaos: planOf('credential-revoked') })).toHold(invariants);
    });
  },
);
