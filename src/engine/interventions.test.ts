// People and systems outside who step in while a team works: it stops, goes on, and loses nothing.
import { describe, expect, it } from 'vitest';
import { inject, plan } from '../chaos/plan-builder.ts';
import type { Plan, Trigger } from '../chaos/plan.ts';
import { checkTrace } from '../check/invariants.ts';
import type { Trace } from '../trace/trace.ts';
import { exampleDoubles, exampleMission, exampleTeam } from './example-team.test-support.ts';
import { simulate, type Simulated } from './sim.ts';

function run(chaos: Plan | null, outside: NonNullable<Simulated['outside']> = []): Trace {
  const trace = simulate({
    team: exampleTeam,
    doubles: exampleDoubles,
    plan: { mission: exampleMission, seed: 5, chaos, horizonMs: 86_400_000, schedule: null, role: 'judged' },
    outside,
  });
  if (trace instanceof Promise) throw new Error('the doubles are synchronous, so the run must be');
  return trace;
}

const at = (trigger: Trigger, fault: Parameters<typeof inject>[0], parameters: object): Plan =>
  plan('step-in', 'nothing is lost', [inject(fault, parameters as never, trigger)]);
const broken = (trace: Trace) => checkTrace(trace).filter(({ kind }) => kind === 'broken');
const steps = run(null).state?.events ?? 0;
const everyStep = Array.from({ length: steps - 1 }, (_, place) => place + 1);

describe('a team that people step in on', () => {
  it('goes on after a long pause at any step as if nothing had happened', () => {
    const calm = run(null);
    for (const n of everyStep) {
      const trace = run(at({ kind: 'nth', n }, 'operator.intervene', { action: 'pause', ms: 300_000 }));
      expect(broken(trace), `pause at step ${n}`).toEqual([]);
      expect(trace.result, `pause at step ${n}`).toEqual(calm.result);
      expect(
        trace.events.filter(({ kind }) => kind === 'retry.scheduled'),
        `pause at step ${n}`,
      ).toEqual([]);
    }
  });

  it('stops where it is cancelled, and leaves nothing behind', () => {
    // The last steps only take back what the mission had granted: there is nothing left to cancel.
    for (const n of everyStep.slice(0, -4)) {
      const trace = run(at({ kind: 'nth', n }, 'operator.intervene', { action: 'cancel' }));
      expect(broken(trace), `cancel at step ${n}`).toEqual([]);
      expect(trace.events.find(({ kind }) => kind === 'mission.ended')).toMatchObject({ end: 'cancelled' });
    }
  });

  it('holds when credentials are withdrawn at any step', () => {
    for (const n of everyStep)
      expect(broken(run(at({ kind: 'nth', n }, 'cred.revoked', {}))), `step ${n}`).toEqual([]);
  });

  it('comes to an end even when somebody steps in at every step', () => {
    for (const action of ['pause', 'redirect'])
      expect(broken(run(at({ kind: 'always' }, 'operator.intervene', { action, ms: 1 })))).toEqual([]);
    expect(broken(run(at({ kind: 'always' }, 'cred.revoked', {})))).toEqual([]);
  });
});

describe('a new version that comes out while a mission runs', () => {
  const writer = { ...exampleTeam.definition.agents['writer']!, version: 2 };
  const versionsOf = (trace: Trace): readonly number[] =>
    trace.events.flatMap((event) =>
      event.kind === 'agent.started' && event.agent === 'writer' ? [event.version] : [],
    );

  it.for([
    ['next', [1]],
    ['now', [2]],
  ] as const)('is taken up by it when adopted %s: %s', ([adopt, versions]) => {
    const event = { kind: 'agent.published', atMs: 0, definition: writer, adopt } as const;
    const trace = run(null, [{ afterMs: 10, event }]);
    expect(broken(trace)).toEqual([]);
    expect(versionsOf(trace)).toEqual(versions);
  });
});
