// muster cassettes ls: each file with its team, its agents, and how much was recorded of them.
import { statSync } from 'node:fs';
import { readFolder, type CassetteFile } from '../../llm/cassette/cassette-folder.ts';
import { counted, type Told } from './told.ts';

export function listCassettes(folder: string): Told {
  const files = readFolder(folder).map(rowOf);
  const total = files.reduce((sum, { recordings }) => sum + recordings, 0);
  return {
    lines: [
      ...files.map(
        ({ path, team, agents, recordings, bytes, changedAt }) =>
          `${path}  team ${team}, ${counted(recordings, 'recording')} of ${agents.map((one) => `${one.agent} (${one.recordings})`).join(', ') || 'nobody'}; ${Math.ceil(bytes / 1024)} kB, ${changedAt.slice(0, 10)}`,
      ),
      `${counted(files.length, 'file')}, ${counted(total, 'recording')}`,
    ],
    data: { files },
    exit: 0,
  };
}

function rowOf({ path, cassette }: CassetteFile) {
  const { team, redaction, recordings } = cassette;
  const { size: bytes, mtime } = statSync(path);
  const counts = new Map<string, number>();
  for (const { agent } of recordings) counts.set(agent, (counts.get(agent) ?? 0) + 1);
  const agents = [...counts].map(([agent, count]) => ({ agent, recordings: count }));
  const failures = recordings.filter(
    ({ outcome }) => outcome.kind === 'failure' || (outcome.kind === 'sent' && outcome.status >= 400),
  ).length;
  return {
    path,
    team,
    redaction,
    agents,
    recordings: recordings.length,
    failures,
    bytes,
    changedAt: mtime.toISOString(),
  };
}
