// Chaos trials of the five-agent sales team, as a campaign runs them: each a fault-free control and a run under the
// next named plan, both with their whole trace, the run's trace checked against every invariant and compared with the
// control's. The last trial stays referenced, so that nothing of it can be left out as unused.
import { plans } from '../../chaos/index.ts';
import { closeLead } from '../../fixtures/missions/sales.ts';
import { salesSubject } from '../../fixtures/teams/sales/subject.ts';
import { runTrial, type TrialRun } from '../../src/campaign/trial.ts';
import type { Workload } from '../harness/workload.ts';

const rotation = Object.values(plans);
const outcomes: Record<string, number> = {};
let events = 0;
let last: TrialRun | undefined;

/** Trial `ordinal`: a seed of its own, the next plan of the rotation. */
export function salesTrial(ordinal: number): TrialRun {
  const plan = rotation[ordinal % rotation.length] ?? null;
  const trial = runTrial({ subject: salesSubject, mission: closeLead, seed: ordinal + 1, plan });
  if (trial instanceof Promise) throw new Error('the sales team is synchronous');
  if (trial.judgement.outcome === 'error') throw new Error(`trial ${ordinal} under ${plan?.name} went wrong`);
  return trial;
}

export const trials: Workload = {
  inFlight: 1,
  once(ordinal) {
    last = salesTrial(ordinal);
    outcomes[last.judgement.outcome] = (outcomes[last.judgement.outcome] ?? 0) + 1;
    events += last.chaos.events.length + last.control.events.length;
  },
  tally: () => ({ ...outcomes, traceEvents: events, plans: rotation.length }),
};
