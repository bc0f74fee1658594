// The suite of an incident, as text: it fails while the team goes round, and passes once it does not.

export interface IncidentSuiteParts {
  /** A slug: letters, digits and hyphens. */
  readonly name: string;
  /** One line that says what went round; foreign text, so it is data. */
  readonly why: string;
}

/** The id of the one scenario. */
export function incidentScenario(name: string): string {
  return `${name}/does-not-loop`;
}

/** Nothing of the trace becomes code: its words stand in a JSON text alone. */
export function incidentSuite({ name, why }: IncidentSuiteParts): string {
  return `// An incident of production as a test: it fails while the team goes round, and passes once it does not.
import { fileURLToPath } from 'node:url';
import { readCassette, readTrace, recordedTeam } from 'passmuster';
import { noFailure, scenario } from 'passmuster/vitest';
import { expect } from 'vitest';

const fixture = (path: string) => fileURLToPath(new URL(\`../fixtures/\${path}\`, import.meta.url));
const trace = readTrace(fixture('traces/${name}.ndjson'));
const cassette = readCassette(fixture('cassettes/${name}.json'));

/** What was found when this was imported. */
const incident = ${JSON.stringify(why)};

// >>> YOUR TEAM GOES HERE. Until then the recorded steps are played again, loop and all. The same answers for a team of
// your own: httpFunction({ …, doubles: { model: playback({ cassette, tell: console.warn }), tools: recordedTools(trace), … } })
const subject = recordedTeam({ trace, cassette });

scenario('${incidentScenario(name)}', { subject, trials: 1, gate: noFailure, regressions: 'forget' }, async ({ team, trials }) => {
  await trials(async () => {
    const run = await team.run(trace.mission);
    expect(run, incident).not.toLoop();
  });
});
`;
}
