// Chaos trials of the five-agent sales team, as a campaign over all named plans runs them: at each seed one fault-free
// control and a run under every plan, with their whole traces; each run's trace is checked against every invariant and
// compared with its control's. The last trial stays referenced, so that nothing of it can be left out as unused.
import { plans } from '../../chaos/index.ts';
import { closeLead } from '../../fixtures/missions/sales.ts';
import { salesSubject } from '../../fixtures/teams/sales/subject.ts';
import { Controls } from '../../src/campaign/controls.ts';
import { runTrial, type TrialRun } from '../../src/campaign/trial.ts';
import type { Workload } from '../harness/workload.ts';

const rotation = Object.values(plans);
const controls = new Controls();
const outcomes: Record<string, number> = {};
let events = 0;
let last: TrialRun | undefined;

/** Trial `ordinal`: the next plan of the rotation; the next seed when all plans have had their turn. */
export function salesTrial(ordinal: number): TrialRun {
  const plan = rotation[ordinal % rotation.length] ?? null;
  const seed = 1 + Math.floor(ordinal / rotation.length);
  const trial = runTrial({ subject: salesSubject, mission: closeLead, seed, plan, controls });
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
