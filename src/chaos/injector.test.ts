// The injector over runs of crossings: what it bends, in which order, and what it says of it.
import { describe, expect, it } from 'vitest';
import type { ChaosBody } from '../trace/event.ts';
import type { CrossingLayer } from './crossing.ts';
import { answered, crossingOf, delivered, returned, toolAnswer } from './crossing.test-support.ts';
import { createInjector, quietInjector, type Injector } from './injector.ts';
import { inject, plan } from './plan-builder.ts';
import type { Injection } from './plan.ts';
import * as t from './triggers.ts';

interface Bench {
  readonly injector: Injector;
  readonly log: readonly ChaosBody[];
  /** Kinds of faults that fired, with the ordinal of the crossing: `llm.hang@2`. */
  readonly fired: () => readonly string[];
}

function benchOf(injections: readonly Injection[], seed = 1): Bench {
  const log: ChaosBody[] = [];
  const injector = createInjector({
    plan: plan('test', 'test', injections),
    seed,
    agents: ['writer', 'closer', 'checker'],
    log: (body) => log.push(body),
  });
  const fired = (): readonly string[] =>
    log.flatMap((body) =>
      body.kind === 'fault.fired' ? [`${body.fault}@${body.crossing.split('#').at(-1)}`] : [],
    );
  return { injector, log, fired };
}

/** Calls the model `times` times, a second apart, by the protocol that edges follow; the kinds of what came. */
function callModel(injector: Injector, times: number, agents = ['writer']): readonly string[] {
  return Array.from({ length: times }, (_, index) => {
    const at = { ordinal: index + 1, elapsedMs: index * 1000, agent: agents[index % agents.length] ?? '' };
    const before = injector.before(crossingOf('llm', at));
    const outcome = before?.outcome ?? answered(index % 2 === 0 ? toolAnswer : undefined);
    return injector.after(crossingOf('llm', { ...at, phase: 'reply' }), outcome).outcome.kind;
  });
}

describe('the injector', () => {
  it('touches only the layers of its plan', () => {
    const { injector } = benchOf([inject('llm.hang', {}, t.nth(1)), inject('tool.empty', {}, t.nth(1))]);
    const layers: readonly CrossingLayer[] = ['llm', 'tool', 'gate', 'handoff', 'approval', 'process'];
    expect(layers.filter((layer) => injector.touches(layer))).toEqual(['llm', 'tool']);
    expect(layers.filter((layer) => injector.touches(layer, 'request'))).toEqual(['llm']);
    expect(layers.filter((layer) => injector.touches(layer, 'reply'))).toEqual(['tool']);
  });

  it('is the quiet one for a plan of nothing', () => {
    expect(benchOf([]).injector).toBe(quietInjector);
    const outcome = answered();
    expect(quietInjector.after(crossingOf('llm'), outcome)).toEqual({ outcome, firings: [] });
  });

  it('answers in the place of the world at the crossing that the trigger chose', () => {
    const { injector, fired } = benchOf([inject('llm.hang', {}, t.nth(2))]);
    expect(callModel(injector, 3)).toEqual(['answered', 'silent', 'answered']);
    expect(fired()).toEqual(['llm.hang@2']);
  });

  it('counts only crossings in its scope', () => {
    const { injector, fired } = benchOf([inject('llm.hang', {}, t.nth(2), { agents: ['closer'] })]);
    callModel(injector, 6, ['writer', 'closer', 'checker']);
    expect(fired()).toEqual(['llm.hang@5']);
  });

  it('says armed once, at the first crossing in scope, even where nothing fires', () => {
    const { injector, log } = benchOf([inject('llm.hang', {}, t.nth(99), { agents: ['closer'] })]);
    callModel(injector, 4, ['writer', 'closer']);
    expect(log).toEqual([
      { kind: 'fault.armed', injection: 0, fault: 'llm.hang', crossing: 'llm/request/closer/thing#2' },
    ]);
  });

  it('lets the first in the plan answer, and the others count all the same', () => {
    const { injector, fired } = benchOf([
      inject('llm.refused', {}, t.nth(1)),
      inject('llm.hang', {}, t.nth(1)),
      inject('llm.authError', {}, t.nth(2)),
    ]);
    expect(callModel(injector, 2)).toEqual(['failed', 'failed']);
    expect(fired()).toEqual(['llm.refused@1', 'llm.authError@2']);
  });

  it('composes replies in the order of the plan', () => {
    const cut = inject('stream.cut', { after: 1 }, t.always());
    const late = inject('llm.latency', { ms: 50 }, t.always());
    const { injector } = benchOf([late, cut, late]);
    const bent = injector.after(crossingOf('llm', { phase: 'reply' }), answered());
    expect(bent.outcome).toMatchObject({ delivery: { latencyMs: 1100, end: { kind: 'cut' } } });
    expect(bent.firings.map((firing) => firing.injection)).toEqual([0, 1, 2]);
  });

  it('bends an answer that was given in the place of the world as well', () => {
    const { injector } = benchOf([
      inject('llm.serverError', { afterMs: 10 }, t.always()),
      inject('llm.latency', { ms: 50 }, t.always()),
    ]);
    const before = injector.before(crossingOf('llm'));
    expect(before).not.toBeNull();
    const { outcome } = injector.after(crossingOf('llm', { phase: 'reply' }), before?.outcome ?? answered());
    expect(outcome).toMatchObject({ kind: 'failed', afterMs: 60 });
  });

  it('takes a fault that changed nothing for no firing, and does not let it use up max', () => {
    const { injector, fired } = benchOf([inject('content.loop', { repeats: 1 }, t.max(1, t.always()))]);
    callModel(injector, 4);
    expect(fired()).toEqual(['content.loop@2']);
    const nothing = benchOf([inject('llm.latency', { ms: 0 }, t.always())]);
    const outcome = answered();
    expect(nothing.injector.after(crossingOf('llm', { phase: 'reply' }), outcome)).toEqual({
      outcome,
      firings: [],
    });
    expect(nothing.fired()).toEqual([]);
  });

  it('keeps a fault on for its spell, which counts once for max', () => {
    const limit = inject('llm.rateLimit', { burst: 3 }, t.max(1, t.nth(2)));
    const { injector, fired } = benchOf([limit]);
    expect(callModel(injector, 6)).toEqual([
      'answered',
      'failed',
      'failed',
      'failed',
      'answered',
      'answered',
    ]);
    expect(fired()).toHaveLength(3);
  });

  it('heals a partition after its time, for its agents alone', () => {
    const fault = inject('llm.partition', { agents: ['writer'], healAfterMs: 4000 }, t.max(1, t.always()));
    const { fired, injector } = benchOf([fault]);
    callModel(injector, 8, ['writer', 'closer']);
    expect(fired()).toEqual(['llm.partition@1', 'llm.partition@3']);
  });

  it('repeats for the agent that it struck, and from what was last said, bent or not', () => {
    const { injector } = benchOf([inject('content.loop', { repeats: 2 }, t.max(1, t.nth(3)))]);
    const says = ['one', 'two', 'three', 'four', 'five'].map((content, index) => {
      const at = { ordinal: index + 1, phase: 'reply', agent: 'writer' } as const;
      const outcome = answered({ ...toolAnswer, content, toolCalls: [] });
      const bent = injector.after(crossingOf('llm', at), outcome).outcome;
      return bent.kind === 'answered' ? bent.answer.content : '';
    });
    expect(says).toEqual(['one', 'two', 'two', 'two', 'five']);
  });

  it('refuses the calls beyond a quota', () => {
    const { injector } = benchOf([
      inject('llm.rateLimit', { quotaCalls: 2, quotaWindowMs: 3500 }, t.always()),
    ]);
    expect(callModel(injector, 6)).toEqual([
      'answered',
      'answered',
      'failed',
      'failed',
      'answered',
      'answered',
    ]);
  });

  it('says how much later an outcome comes, and 0 when it never does', () => {
    const { injector, log } = benchOf([
      inject('tool.latency', { ms: 700 }, t.always()),
      inject('tool.timeoutAfterCommit', { afterMs: 5000 }, t.always()),
      inject('llm.timeout', { afterMs: 900 }, t.nth(1)),
      inject('llm.hang', {}, t.nth(2)),
      inject('handoff.duplicate', {}, t.always()),
    ]);
    injector.after(crossingOf('tool', { phase: 'reply' }), returned());
    injector.before(crossingOf('llm', { ordinal: 1 }));
    injector.before(crossingOf('llm', { ordinal: 2 }));
    injector.after(crossingOf('handoff', { phase: 'reply' }), delivered());
    const delays = log.flatMap((body) => (body.kind === 'fault.fired' ? [body.delayMs] : []));
    expect(delays).toEqual([700, 4200, 900, 0, 0]);
  });

  it('says witnessed once for each firing, and only when told', () => {
    const { injector, log } = benchOf([
      inject('crash.kill', {}, t.and(t.onRecord('tool.returned'), t.nth(2))),
    ]);
    const events = ['tool.returned', 'model.answered', 'tool.returned'];
    const bents = events.map((subject, index) =>
      injector.before(crossingOf('process', { subject, ordinal: index + 1 })),
    );
    expect(bents.map((bent) => bent?.outcome.kind ?? null)).toEqual([null, null, 'crashed']);
    const witnessed = (): number => log.filter((body) => body.kind === 'fault.witnessed').length;
    expect(witnessed()).toBe(0);
    for (const firing of bents[2]?.firings ?? []) {
      injector.witness(firing);
      injector.witness(firing);
    }
    expect(witnessed()).toBe(1);
  });

  it('does the same for the same seed, and something else for another', () => {
    const day = [
      inject('llm.hang', {}, t.probability(0.5)),
      inject('llm.latency', { ms: 9, dist: 'uniform' }, t.markov(0.3, 0.3)),
    ];
    const run = (seed: number): string => {
      const { injector, log } = benchOf(day, seed);
      callModel(injector, 30);
      return JSON.stringify(log);
    };
    expect(run(5)).toBe(run(5));
    expect(run(5)).not.toBe(run(6));
  });

  it('lets an added injection shift no other, wherever it is put', () => {
    const some = inject('llm.serverError', {}, t.probability(0.5));
    const other = inject('tool.empty', {}, t.probability(0.5));
    const like = inject('llm.serverError', { status: 503 }, t.probability(0.5), { agents: ['closer'] });
    const places = (injections: readonly Injection[]): readonly string[] => {
      const { injector, fired } = benchOf(injections);
      callModel(injector, 40);
      return fired();
    };
    expect(places([other, like, some])).toEqual(places([some]));
  });

  it('tells equal injections apart', () => {
    const same = inject('llm.latency', { ms: 9 }, t.probability(0.5));
    const { injector, log } = benchOf([same, same]);
    callModel(injector, 40);
    const of = (injection: number): readonly string[] =>
      log.flatMap((body) =>
        body.kind === 'fault.fired' && body.injection === injection ? [body.crossing] : [],
      );
    expect(of(0)).not.toEqual(of(1));
  });

  it('refuses a plan whose faults it cannot read', () => {
    const bad = { fault: { kind: 'llm.nothing' }, trigger: t.always() };
    expect(() => benchOf([bad])).toThrow(/PLAN_UNKNOWN_FAULT/);
  });
});
