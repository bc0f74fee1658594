// A compact trace: what is shown of a run, in whose lane, and how it is told.
import { describe, expect, it } from 'vitest';
import type { TraceBody, TraceEvent } from '../trace/event.ts';
import { compactTrace } from './compact-trace.ts';

function compactOf(...bodies: readonly TraceBody[]) {
  const events = bodies.map((body, index): TraceEvent => ({
    ...body,
    seq: index + 1,
    atMs: 1000 + index,
    cause: 0,
  }));
  return compactTrace({ events, startedAtMs: 1000 });
}

const sent = {
  call: 'c1',
  handoff: 'h1',
  from: 'a',
  to: 'b',
  payload: {},
  attempt: 2,
  confidence: 1,
  contextVersion: 1,
  tokens: 0,
} as const;

describe('a compact trace', () => {
  it('draws a handoff from lane to lane, and its receipt in the lane of the receiver', () => {
    const [first, second] = compactOf(
      { kind: 'handoff.sent', ...sent },
      { kind: 'handoff.received', handoff: 'h1', from: 'a', to: 'b', payload: {} },
    );
    expect(first).toMatchObject({
      lane: 'a',
      toLane: 'b',
      tone: 'handoff',
      text: 'hands to b, attempt 2: {}',
    });
    expect(second).toMatchObject({ lane: 'b', toLane: null, tone: 'reply', atMs: 1 });
  });

  it('leaves bookkeeping out, and keeps the numbers of the trace', () => {
    const events = compactOf(
      { kind: 'answer.accepted', command: 'c', event: 'e' },
      { kind: 'finding', invariant: 'S2', held: true, detail: '', times: 3 },
      { kind: 'finding', invariant: 'S2', held: false, detail: 'two differ', times: 1 },
      { kind: 'resumed', epoch: 2 },
    );
    expect(events.map(({ seq, lane, text }) => [seq, lane, text])).toEqual([
      [3, 'steward', 'invariant S2 broken: two differ'],
      [4, 'steward', 'steward resumes, epoch 2'],
    ]);
  });

  it('cuts what is long', () => {
    const [event] = compactOf({
      kind: 'tool.failed',
      call: 't',
      agent: 'a',
      tool: 'search',
      message: 'x'.repeat(9999),
    });
    expect(event!.text.length).toBeLessThan(200);
    expect(event!.text.endsWith('…')).toBe(true);
  });
});
