// A toy subject: traces made by hand, so that tests of campaigns know beforehand what every plan does to it.
import type { Plan } from '../chaos/plan.ts';
import type { RunPlan, Subject } from '../engine/run.ts';
import type { Mission } from '../team/mission.ts';
import type { TraceBody, TraceEvent } from '../trace/event.ts';
import type { Trace } from '../trace/trace.ts';

export const toyMission: Mission = { id: 'm', goal: 'g', input: {}, context: {} };

/** The first crossing that ever happens to the toy: triggers of earlier ones never land. */
export const firstCrossing = 3;

/** Every fault is harmless but `handoff.drop`, after which it still says done, with another result. */
export const toySubject: Subject = {
  name: 'toy',
  agents: ['a'],
  tools: [],
  run: toyRun,
  essence: (trace) => trace.result,
};

export function planOf(...faults: readonly (readonly [kind: string, n: number])[]): Plan {
  const injections = faults.map(([kind, n]) => ({ fault: { kind }, trigger: { kind: 'nth', n } as const }));
  return { schemaVersion: 1, name: 'toy', hypothesis: 'it holds', injections };
}

function toyRun({ chaos, seed, mission }: RunPlan): Trace {
  const landed = (chaos?.injections ?? []).filter(
    ({ trigger }) => trigger.kind !== 'nth' || trigger.n >= firstCrossing,
  );
  const dropped = landed.some(({ fault }) => fault.kind === 'handoff.drop');
  const bodies: TraceBody[] = [
    { kind: 'agent.started', agent: 'a', version: 1, assignment: 'a#1', visit: 1 },
    ...landed.map(({ fault }, injection): TraceBody => ({
      kind: 'fault.witnessed',
      injection,
      fault: fault.kind,
      crossing: 'x',
    })),
    {
      kind: 'agent.finished',
      agent: 'a',
      assignment: 'a#1',
      outcome: dropped ? 'failed' : 'done',
      confidence: 1,
      tokens: 1,
    },
    { kind: 'mission.ended', end: 'done', reason: 'all work is done', contextVersion: 1, context: {} },
    { kind: 'run.stopped', why: 'ended', detail: '', pending: 0, live: 0 },
  ];
  const events = bodies.map((body, index): TraceEvent => ({
    ...body,
    seq: index + 1,
    atMs: index,
    cause: 0,
  }));
  const result = { right: !dropped };
  return {
    schemaVersion: 1,
    subject: 'toy',
    mission,
    team: null,
    seed,
    startedAtMs: 0,
    events,
    result,
    audit: null,
    state: null,
  };
}
