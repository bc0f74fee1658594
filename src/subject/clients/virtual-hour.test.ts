// An hour of retries and time-outs of real client libraries passes in virtual time, and the team comes to its end.
import { expect, it } from 'vitest';
import { virtualHour } from '../../../bench/workloads/virtual-hour.ts';

it('an hour of hanging, failing and late calls passes, and the work is done', async () => {
  const { trace, virtualSeconds } = await virtualHour();
  expect(virtualSeconds).toBeGreaterThanOrEqual(3_600);
  expect(trace.result).toEqual({ note: 'checked 12' });
  const fired = trace.events.flatMap((event) => (event.kind === 'fault.witnessed' ? [event.fault] : []));
  expect(new Set(fired)).toEqual(new Set(['llm.rateLimit', 'llm.latency', 'llm.hang', 'llm.serverError']));
});
