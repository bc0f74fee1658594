// The same faults on the sales team as people write it and on the same team under the steward.
import { twins } from 'passmuster/vitest';
import { closeLead } from '../fixtures/missions/sales.ts';
import { naiveSalesSubject } from '../fixtures/teams/sales/naive-subject.ts';
import { salesSubject } from '../fixtures/teams/sales/subject.ts';
import { twinCases } from '../fixtures/teams/sales/twin-cases.ts';

twins('twins/naive-sales-against-stewarded-sales', {
  naive: naiveSalesSubject,
  stewarded: salesSubject,
  mission: closeLead,
  cases: twinCases,
  tags: ['twins'],
});
