// A trace as its generated suite runs it: by its recorded team, with the answers of a cassette.
import { incidentCassette } from '../../src/campaign/incident/incident-cassette.ts';
import { runTrial } from '../../src/campaign/trial.ts';
import { parseCassette, cassetteText } from '../../src/llm/cassette/cassette-file.ts';
import type { Cassette } from '../../src/llm/cassette/recording.ts';
import { recordedTeam } from '../../src/subject/recorded-team.ts';
import type { Trace } from '../../src/trace/trace.ts';

/** As it is written and read again. */
export function cassetteOf(trace: Trace): Cassette {
  return parseCassette(cassetteText(incidentCassette(trace, [])), trace.subject);
}

/** Throws where the trial itself did not pass, whatever a suite says of it. */
export async function replayed(trace: Trace, cassette: Cassette = cassetteOf(trace)): Promise<Trace> {
  const { mission, seed } = trace;
  const { passed, chaos } = await runTrial({
    subject: recordedTeam({ trace, cassette }),
    mission,
    seed,
    plan: null,
  });
  if (!passed) throw new Error(`the replay of ${trace.subject} did not pass its checks`);
  return chaos;
}
