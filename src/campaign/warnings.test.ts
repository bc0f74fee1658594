// Warnings: a fault that did nothing and an invariant that nobody could check are never passed over.
import { describe, expect, it } from 'vitest';
import { sampleRow } from '../report/sample-campaign.test-support.ts';
import { noFailure } from './gate-policy.ts';
import type { FaultRow, ScenarioRecord, TrialRow } from './record.ts';
import { warningsOf } from './warnings.ts';

function fault(kind: string, fired: number, witnessed: number): FaultRow {
  return { injection: 0, kind, layer: 'Tool', armed: 1, fired, witnessed, sites: [] };
}

function scenarioOf(id: string, ...rows: readonly Partial<TrialRow>[]): ScenarioRecord {
  const full = rows.map((row) => sampleRow(row));
  return {
    id,
    subject: 's',
    tags: [],
    seed: 1,
    gate: noFailure,
    rows: full,
    failures: [],
    comparison: null,
    attribution: { modelCalls: 0, doubts: [] },
    playback: { strayCalls: 0, first: [] },
  };
}

describe('the warnings of a campaign', () => {
  it('name the kinds of fault that fired in no trial, and those that fired and were never felt', () => {
    const rows = [
      { faults: [fault('tool.hang', 0, 0), fault('llm.hang', 0, 0), fault('tool.empty', 2, 0)] },
      { faults: [fault('tool.hang', 0, 0), fault('llm.hang', 1, 1)] },
    ];
    expect(warningsOf([scenarioOf('a', ...rows)])).toEqual([
      'a: configured and never fired: tool.hang',
      'a: fired and never felt: tool.empty',
    ]);
  });

  it('are none when every fault was felt and every invariant checked', () => {
    expect(warningsOf([scenarioOf('a', { faults: [fault('tool.hang', 1, 1)] })])).toEqual([]);
  });

  it("tell how many model calls are nobody's, and which count as one of several", () => {
    const attribution = {
      modelCalls: 12,
      doubts: [
        { fits: [], prompt: 'You are the "critic"', calls: 3 },
        { fits: ['writer', 'editor'], prompt: '', calls: 4 },
      ],
    };
    expect(warningsOf([{ ...scenarioOf('a', {}), attribution }])).toEqual([
      `a: 3 of 12 model calls could not be told to be any agent's, so faults and figures of agents leave them out; the first is one with a system prompt that begins "You are the \\"critic\\""`,
      "a: 4 of 12 model calls fit the rules of writer and editor, and count as writer's; the first is one without a system prompt",
    ]);
  });

  it('tell how a team left the recording that is played back to it', () => {
    const first = [
      { agent: 'writer', turn: 2, calls: 1, what: 'message 3: recorded "(none)", asked "user: Now"' },
      { agent: 'critic', turn: 1, calls: 2, what: 'another system prompt' },
    ];
    const tally = { strayCalls: 3, first };
    const scenario = { ...scenarioOf('a', {}), attribution: { modelCalls: 9, doubts: [] } };
    expect(warningsOf([{ ...scenario, playback: { strayCalls: 4, first } }])).toEqual([
      `a: 4 of 9 model calls asked something else than was recorded, so that the answers may not fit them: 'writer', turn 2: message 3: recorded "(none)", asked "user: Now"; 'critic', 2 calls from turn 1 on: another system prompt; and more`,
    ]);
    expect(warningsOf([{ ...scenario, playback: tally }])).toEqual([
      expect.stringMatching(/^a: 3 of 9 .*: another system prompt$/),
    ]);
  });

  it('name unknown invariants once for all scenarios that lack the same', () => {
    const lacking = { unknownInvariants: ['S10', 'S2', 'L1'] };
    expect(
      warningsOf([scenarioOf('a', lacking, lacking), scenarioOf('b', lacking), scenarioOf('c', {})]),
    ).toEqual(['a, b: unknown, so not known to hold: L1, S2, S10']);
  });
});
