// The simulator runs a small team to its end, through crashes, and the same seed gives the same trace.
import { describe, expect, it } from 'vitest';
import { inject, plan } from '../chaos/plan-builder.ts';
import type { Plan } from '../chaos/plan.ts';
import type { CrashPoint } from '../chaos/outcome.ts';
import type { Trace } from '../trace/trace.ts';
import { exampleDoubles, exampleMission, exampleTeam } from './example-team.test-support.ts';
import { simulate } from './sim.ts';

function run(seed: number, chaos: Plan | null = null, doubles = exampleDoubles): Trace {
  const trace = simulate({
    team: exampleTeam,
    doubles,
    plan: { mission: exampleMission, seed, chaos, horizonMs: 86_400_000, schedule: null, role: 'judged' },
  });
  if (trace instanceof Promise) throw new Error('the doubles are synchronous, so the run must be');
  return trace;
}

const kinds = (trace: Trace): readonly string[] => trace.events.map((event) => event.kind);
const count = (trace: Trace, kind: string): number => kinds(trace).filter((other) => other === kind).length;

describe('the simulator', () => {
  it('runs a team to its end without faults', () => {
    const trace = run(1);
    expect(trace.result).toEqual({ fact: 'it rains', letter: 'Dear all, it rains', sent: true });
    expect(count(trace, 'mission.ended')).toBe(1);
  });

  it('gives the same bytes for the same seed, and others for another', () => {
    expect(JSON.stringify(run(7))).toBe(JSON.stringify(run(7)));
    expect(JSON.stringify(run(7))).not.toBe(JSON.stringify(run(8)));
  });

  it('gives an asynchronous team the very trace of a synchronous one', async () => {
    const later = {
      ...exampleDoubles,
      tools: {
        look: async () => Promise.resolve({ weather: 'rain' }),
        send: async () => Promise.resolve({ id: 1 }),
      },
    };
    const trace = await simulate({
      team: exampleTeam,
      doubles: later,
      plan: {
        mission: exampleMission,
        seed: 3,
        chaos: null,
        horizonMs: 86_400_000,
        schedule: null,
        role: 'judged',
      },
    });
    expect(trace.result).toEqual(run(3).result);
    expect(trace.events.filter((event) => event.kind === 'finding' && !event.held)).toEqual([]);
  });

  const points: readonly CrashPoint[] = [
    'beforeAppend',
    'afterAppend',
    'betweenDispatches',
    'afterEffect',
    'resultReceived',
  ];
  it.each(points)('survives a crash at every step (%s) with one contract sent', (point) => {
    const steps = run(5).state?.events ?? 0;
    expect(steps).toBeGreaterThan(10);
    for (let nth = 1; nth <= steps; nth += 1) {
      const trace = run(
        5,
        plan('crash', 'one crash changes nothing', [
          inject('crash.kill', { point }, { kind: 'nth', n: nth }),
        ]),
      );
      const broken = trace.events.filter((event) => event.kind === 'finding' && !event.held);
      expect(broken, `crash at step ${nth}`).toEqual([]);
      expect(count(trace, 'crashed')).toBe(1);
      expect(trace.result, `crash at step ${nth}`).toEqual(run(5).result);
      expect(trace.events.filter((event) => event.kind === 'tool.applied')).toHaveLength(1);
    }
  });
});
