// Warnings of a campaign: what its rows show that a reader must know before believing a pass.
import type { ScenarioRecord, TrialRow } from './record.ts';

/** One sentence each: faults that never fired or were never felt, calls of unknown agents, calls that left the recording, invariants that nobody could check. */
export function warningsOf(scenarios: readonly ScenarioRecord[]): readonly string[] {
  return [
    ...scenarios.flatMap(idleFaults),
    ...scenarios.flatMap(doubtedCalls),
    ...scenarios.flatMap(strayAsks),
    ...unknownInvariants(scenarios),
  ];
}

function idleFaults({ id, rows }: ScenarioRecord): readonly string[] {
  const fired = kindsIn(rows, (fault) => fault.fired > 0);
  const felt = kindsIn(rows, (fault) => fault.witnessed > 0);
  const idle = [...kindsIn(rows, () => true)].filter((kind) => !fired.has(kind));
  const unfelt = [...fired].filter((kind) => !felt.has(kind));
  return [
    ...(idle.length === 0 ? [] : [`${id}: configured and never fired: ${idle.sort().join(', ')}`]),
    ...(unfelt.length === 0 ? [] : [`${id}: fired and never felt: ${unfelt.sort().join(', ')}`]),
  ];
}

function kindsIn(
  rows: readonly TrialRow[],
  keep: (fault: TrialRow['faults'][number]) => boolean,
): ReadonlySet<string> {
  const kinds = new Set<string>();
  for (const row of rows) for (const fault of row.faults) if (keep(fault)) kinds.add(fault.kind);
  return kinds;
}

function doubtedCalls({ id, attribution: { modelCalls, doubts } }: ScenarioRecord): readonly string[] {
  return doubts.map(({ fits, prompt, calls }) => {
    const begins =
      prompt === ''
        ? 'without a system prompt'
        : `with a system prompt that begins ${JSON.stringify(prompt)}`;
    const what =
      fits.length === 0
        ? "could not be told to be any agent's, so faults and figures of agents leave them out"
        : `fit the rules of ${fits.join(' and ')}, and count as ${fits[0]}'s`;
    return `${id}: ${calls} of ${modelCalls} model calls ${what}; the first is one ${begins}`;
  });
}

function strayAsks({ id, attribution, playback: { strayCalls, first } }: ScenarioRecord): readonly string[] {
  if (strayCalls === 0) return [];
  const told = first.map(
    ({ agent, turn, what, calls }) =>
      `'${agent}', ${calls === 1 ? '' : `${calls} calls from `}turn ${turn}${calls === 1 ? '' : ' on'}: ${what}`,
  );
  const more = strayCalls > first.reduce((sum, { calls }) => sum + calls, 0) ? '; and more' : '';
  return [
    `${id}: ${strayCalls} of ${attribution.modelCalls} model calls asked something else than was recorded, so that the answers may not fit them: ${told.join('; ')}${more}`,
  ];
}

/** Scenarios that lack the same invariants share a line. */
function unknownInvariants(scenarios: readonly ScenarioRecord[]): readonly string[] {
  const lacking = new Map<string, string[]>();
  for (const { id, rows } of scenarios) {
    const unknown = new Set<string>();
    for (const row of rows) for (const invariant of row.unknownInvariants) unknown.add(invariant);
    if (unknown.size === 0) continue;
    const key = [...unknown].sort(byLetterThenNumber).join(', ');
    const ids = lacking.get(key);
    if (ids === undefined) lacking.set(key, [id]);
    else ids.push(id);
  }
  return [...lacking].map(([key, ids]) => `${ids.join(', ')}: unknown, so not known to hold: ${key}`);
}

/** `S2` before `S10`. */
function byLetterThenNumber(one: string, other: string): number {
  const [letter = '', otherLetter = ''] = [one[0], other[0]];
  if (letter !== otherLetter) return letter < otherLetter ? -1 : 1;
  return Number(one.slice(1)) - Number(other.slice(1));
}
