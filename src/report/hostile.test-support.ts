// Hostile strings, as a model, a tool or a plan could say them, and a campaign that says them everywhere; for tests alone.
import type { CampaignRecord } from '../campaign/record.ts';
import { sampleCampaign, sampleFailure } from './sample-campaign.test-support.ts';

/** Breaks out of markup, scripts, comments, CDATA, tables and code; moves the cursor; turns the text round. */
export const hostile =
  '</script><img src=x onerror=alert(1)><!--"\'`` ]]> | \\| [x](javascript:alert(1))\u001b[31mred\u001b]8;;http://e.example\u0007\u0000\u009b2J\u202eabc\u2028\ud800\ufffe\r\nnext';

/** Every text that comes from outside is the hostile one. */
export function hostileCampaign(): CampaignRecord {
  const campaign = sampleCampaign();
  const events = sampleFailure().events.map((event) => ({ ...event, lane: hostile, text: hostile }));
  return {
    ...campaign,
    warnings: [hostile],
    scenarios: campaign.scenarios.map((scenario) => ({
      ...scenario,
      id: `${hostile} ${scenario.id}`,
      subject: hostile,
      tags: [hostile],
      rows: scenario.rows.map((row) => ({
        ...row,
        scenario: `${hostile} ${scenario.id}`,
        subject: hostile,
        why: hostile,
        faults: row.faults.map((fault) => ({
          ...fault,
          kind: `${hostile}${fault.kind}`,
          layer: hostile,
          sites: [{ site: hostile, fired: 1, witnessed: 1 }],
        })),
        tokens: { ...row.tokens, byAgent: [{ agent: hostile, total: 10, waste: 1 }] },
      })),
      failures: scenario.failures.map((failure) => ({
        ...failure,
        id: `../../${hostile}`,
        scenario: `${hostile} ${scenario.id}`,
        subject: hostile,
        why: hostile,
        brokenInvariants: [hostile],
        replay: hostile,
        events,
        divergence: { step: 3, agent: hostile, what: hostile, control: hostile },
        shrunk: {
          ...failure.shrunk,
          injections: [{ fault: { kind: hostile }, trigger: { kind: 'always' } }],
        },
      })),
      comparison:
        scenario.comparison === null
          ? null
          : {
              naive: hostile,
              stewarded: hostile,
              rows: scenario.comparison.rows.map((row) => ({
                family: hostile,
                naive: { ...row.naive, why: hostile, replay: hostile },
                stewarded: row.stewarded,
              })),
            },
    })),
  };
}
