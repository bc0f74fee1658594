// The contract that every fault of the catalogue keeps.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bendOnce, seenBefore, type Shown } from './bend-once.test-support.ts';
import { catalogueRow, faultOf, faults } from './catalogue.ts';
import type { CrossingLayer } from './crossing.ts';
import {
  answer,
  answered,
  decided,
  delivered,
  handoff,
  onTheWire,
  passed,
  rejected,
  returned,
  toolAnswer,
} from './crossing.test-support.ts';
import type { Fault } from './fault.ts';
import { knownKinds } from './known-kinds.test-support.ts';
import type { OutcomeByLayer } from './outcome.ts';

const worlds: { readonly [L in CrossingLayer]: readonly OutcomeByLayer[L][] } = {
  llm: [
    answered(),
    answered(toolAnswer),
    onTheWire({ ...answer, content: 'naïve — 猫' }),
    {
      kind: 'failed',
      failure: { reason: 'cut', message: 'x', retryable: true },
      afterMs: 5,
      headers: {},
      billed: null,
    },
    { kind: 'silent', billed: null },
  ],
  tool: [
    returned(),
    { kind: 'failed', message: 'x', status: 500, retryable: true, applied: 'no', afterMs: 5 },
    { kind: 'silent' },
  ],
  gate: [passed, rejected, { kind: 'failed', message: 'x', afterMs: 5 }, { kind: 'silent' }],
  handoff: [delivered(), { kind: 'failed', how: 'error', message: 'x', afterMs: 5 }, { kind: 'lost' }],
  approval: [decided, { kind: 'failed', message: 'x', afterMs: 5 }, { kind: 'silent' }],
  process: [{ kind: 'running' }],
};

/** Everything that a fault may be shown in its phase: a world with a past. */
function showings(fault: Fault): readonly Shown[] {
  const outcomes: readonly OutcomeByLayer[CrossingLayer][] = worlds[fault.layer];
  const before = fault.layer === 'handoff' ? delivered({ ...handoff, id: 'h0', to: 'checker' }) : outcomes[0];
  const seen = [seenBefore(before ?? null)];
  return fault.phase === 'request' ? [{ seen }] : outcomes.map((outcome) => ({ outcome, seen }));
}

describe.for(faults.map((fault) => [fault.kind, fault] as const))('%s', ([kind, fault]) => {
  it('has examples that are complete parameter sets', () => {
    expect(fault.examples.length).toBeGreaterThan(0);
    for (const example of fault.examples) expect(fault.parameters.parse(example)).toEqual(example);
  });

  it('refuses parameters that it does not know', () =>
    expect(() => fault.parameters.parse({ ...fault.examples[0], nonsense: 1 })).toThrow('nonsense'));

  it('bends alike under the same draws, whatever it is shown', () => {
    for (const example of fault.examples) {
      for (const shown of showings(fault)) {
        const purposes: string[] = [];
        const bent = bendOnce(kind, example, { ...shown, onDraw: (purpose) => purposes.push(purpose) });
        const again: string[] = [];
        expect(bendOnce(kind, example, { ...shown, onDraw: (purpose) => again.push(purpose) })).toEqual(bent);
        expect(again).toEqual(purposes);
        expect(new Set(purposes).size, 'each purpose is drawn once').toBe(purposes.length);
      }
    }
  });

  it('changes something with one of its examples', () => {
    const results = fault.examples.flatMap((example) =>
      showings(fault).map((shown) => bendOnce(kind, example, shown)),
    );
    expect(results.some((result) => result !== null)).toBe(true);
  });

  it('leaves what it is shown untouched', () => {
    for (const example of fault.examples) {
      for (const shown of showings(fault)) {
        const before = JSON.stringify(shown);
        bendOnce(kind, example, shown);
        expect(JSON.stringify(shown)).toBe(before);
      }
    }
  });

  it('stands in the public table, in its layer', () =>
    expect(knownKinds[fault.catalogueLayer] ?? []).toContain(kind));

  it('describes itself as plain JSON', () => {
    const row = catalogueRow(fault);
    expect(JSON.parse(JSON.stringify(row))).toEqual(row);
    expect(row.parameters).toMatchObject({ type: 'object', additionalProperties: false });
  });
});

describe('the catalogue', () => {
  it('names each kind once', () =>
    expect(new Set(faults.map((fault) => fault.kind)).size).toBe(faults.length));

  it('finds a fault by its kind, and nothing by another', () => {
    expect(faultOf('llm.latency')?.kind).toBe('llm.latency');
    expect(faultOf('llm.latncy')).toBeUndefined();
  });

  it('knows the same kinds as the public table beside the project', ({ skip }) => {
    const table = fileURLToPath(new URL('../../../shared/faults.csv', import.meta.url));
    if (!existsSync(table)) return skip('the public table of faults is not beside this project');
    expect(knownKinds).toEqual(kindsIn(readFileSync(table, 'utf8')));
  });
});

/** Layer and fault are the first two columns; no comma stands in them. */
function kindsIn(table: string): Readonly<Record<string, readonly string[]>> {
  const kinds: Record<string, string[]> = {};
  for (const line of table.trim().split('\n').slice(1)) {
    const [layer = '', names = ''] = line.split(',');
    const parts = names
      .replace(/\([^)]*\)/g, '')
      .split(' / ')
      .map((part) => part.trim().split(' ')[0] ?? '');
    const prefix = parts[0]?.split('.')[0];
    const row = parts.map((part) => (part.includes('.') ? part : `${prefix}.${part}`));
    kinds[layer] = [...(kinds[layer] ?? []), ...row];
  }
  return kinds;
}
