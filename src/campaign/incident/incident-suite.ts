// The suite of an incident, as text: it fails while the team goes round, and passes once it does not.
import { markText, type Mark } from '../../loop/marked-round.ts';

export interface IncidentSuiteParts {
  /** A slug: letters, digits and hyphens. */
  readonly name: string;
  /** One line that says what went round; foreign text, so it is data. */
  readonly why: string;
  /** The steps that a person marked; null: the loop is found. */
  readonly mark: Mark | null;
}

/** The id of the one scenario. */
export function incidentScenario(name: string): string {
  return `${name}/does-not-loop`;
}

/** Nothing of the trace becomes code: its words stand in a JSON text alone. */
export function incidentSuite({ name, why, mark }: IncidentSuiteParts): string {
  const { names, reads, claim } = mark === null ? foundLoop : markedRound(name, mark);
  return `// An incident of production as a test: it fails while the team goes round, and passes once it does not.
import { fileURLToPath } from 'node:url';
import { ${names.join(', ')} } from 'passmuster/incident';
import { noFailure, scenario } from 'passmuster/vitest';
import { expect } from 'vitest';

const fixture = (path: string) => fileURLToPath(new URL(\`../fixtures/\${path}\`, import.meta.url));
const trace = readTrace(fixture('traces/${name}.ndjson'));
const cassette = readCassette(fixture('cassettes/${name}.json'));${reads}

/** What was found when this was imported. */
const incident = ${JSON.stringify(why)};

// >>> YOUR TEAM GOES HERE. Until then the recorded steps are played again, loop and all. The same answers for a team of
// your own, with httpFunction of 'passmuster', and playback and recordedTools of 'passmuster/incident':
// httpFunction({ …, doubles: { model: playback({ cassette }), tools: recordedTools(trace), … } })
const subject = recordedTeam({ trace, cassette });

scenario('${incidentScenario(name)}', { subject, trials: 1, gate: noFailure, regressions: 'forget' }, async ({ team, trials }) => {
  await trials(async () => {
    const run = await team.run(trace.mission);
    ${claim}
  });
});
`;
}

interface Claim {
  readonly names: readonly string[];
  /** What is read beside trace and cassette: lines, each with the break before it. */
  readonly reads: string;
  readonly claim: string;
}

const foundLoop: Claim = {
  names: ['readCassette', 'readTrace', 'recordedTeam'],
  reads: '',
  claim: 'expect(run, incident).not.toLoop();',
};

/** The round has a file of its own, so that the claim stays the same whatever becomes of the trace. */
function markedRound(name: string, mark: Mark): Claim {
  return {
    names: ['readCassette', 'readRound', 'readTrace', 'recordedTeam', 'timesAround'],
    reads: `
// Marked by hand: ${markText(mark)}.
const round = readRound(fixture('rounds/${name}.json'));`,
    claim: `// To go around once is no loop.
    expect(timesAround(run.chaos, round), \`times around the \${incident}\`).toBeLessThanOrEqual(1);`,
  };
}
