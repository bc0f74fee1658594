// Incidents that people reported: the team as it was written shows each of them, the same team under the steward none.
import { twins } from 'passmuster/vitest';
import { incidents } from '../fixtures/incidents/index.ts';

for (const incident of incidents) {
  twins(`incidents/${incident.id}`, {
    naive: incident.naive,
    stewarded: incident.stewarded,
    mission: incident.mission,
    cases: [{ ...incident, naive: incident.shows }],
    tags: ['incidents'],
    trialsPerCase: 1,
    horizonMs: incident.horizonMs,
  });
}
