// The recorded team: plays the steps of a trace again, with the answers of a cassette, so that an incident is a test.
import { MusterError } from '../base/muster-error.ts';
import { Recorder } from '../engine/recorder.ts';
import type { RunPlan, Subject } from '../engine/run.ts';
import { FailedCall } from '../llm/failed-call.ts';
import { Reel } from '../llm/cassette/playback.ts';
import type { Cassette, Recorded } from '../llm/cassette/recording.ts';
import type { TraceBody, TraceEvent, TraceEventOf } from '../trace/event.ts';
import type { Trace } from '../trace/trace.ts';

export interface RecordedTeamParts {
  readonly trace: Trace;
  readonly cassette: Cassette;
}

/** Who did what in the world; what a steward or a harness decided on is left out. */
const played: ReadonlySet<TraceEvent['kind']> = new Set<TraceEvent['kind']>([
  'model.called',
  'model.answered',
  'model.failed',
  'tool.called',
  'tool.returned',
  'tool.failed',
  'handoff.sent',
  'handoff.received',
  'message.said',
  'approval.asked',
  'approval.answered',
]);

/**
 * Who acts when is the trace's, what models answer is the cassette's. Runs are the same whatever the seed. It cannot be
 * bent: `run` throws RECORDED_TEAM_BENT under a plan, and PLAYBACK_MISSING for an answer that the cassette has not.
 */
export function recordedTeam({ trace, cassette }: RecordedTeamParts): Subject {
  const reel = new Reel(cassette);
  return {
    name: trace.subject,
    agents: named(trace, (event) => (event.kind === 'model.called' ? event.agent : null)),
    tools: named(trace, (event) => (event.kind === 'tool.called' ? event.tool : null)),
    run: (plan) => play(trace, reel, plan),
    essence: ({ events }) => events.length,
  };
}

function named(trace: Trace, nameOf: (event: TraceEvent) => string | null): readonly string[] {
  return [...new Set(trace.events.flatMap((event) => nameOf(event) ?? []))];
}

function play(trace: Trace, reel: Reel, { mission, seed, chaos }: RunPlan): Trace {
  if (chaos !== null) throw bent(chaos.name);
  const recorder = new Recorder();
  const places = new Map<number, number>();
  const turns = new Map<string, TraceEventOf<'model.called'>>();
  const startedAtMs = trace.events[0]?.atMs ?? trace.startedAtMs;
  recorder.add(
    { kind: 'mission.started', mission: mission.id, team: trace.subject, pins: {} },
    startedAtMs,
    0,
  );
  let lastMs = startedAtMs;
  for (const event of trace.events) {
    if (!played.has(event.kind)) continue;
    if (event.kind === 'model.called') turns.set(event.call, event);
    const { seq, atMs, cause, ...body } = event;
    lastMs = atMs;
    places.set(seq, recorder.add(answered(body, turns, reel), atMs, places.get(cause) ?? 0));
  }
  const reason = 'the recorded steps are over';
  recorder.add({ kind: 'mission.ended', end: 'done', reason, contextVersion: 0, context: {} }, lastMs, 0);
  recorder.add({ kind: 'run.stopped', why: 'ended', detail: '', pending: 0, live: null }, lastMs, 0);
  const { events } = recorder;
  return { ...trace, mission, seed, startedAtMs, events, team: null, result: {}, audit: null, state: null };
}

/** The event as it is, but for what its model answers. */
function answered(
  body: TraceBody,
  turns: ReadonlyMap<string, TraceEventOf<'model.called'>>,
  reel: Reel,
): TraceBody {
  if (body.kind !== 'model.answered' && body.kind !== 'model.failed') return body;
  const { call, agent } = body;
  const ask = turns.get(call);
  if (ask === undefined) return body;
  const outcome = outcomeFor(ask, reel);
  if (outcome.kind !== 'answer') return body;
  const { content, toolCalls, finishReason, usage } = outcome.answer;
  const unknown = body.kind === 'model.answered' && body.usageUnknown === true;
  const told = unknown ? ({ usage, usageUnknown: true } as const) : { usage };
  return { kind: 'model.answered', call, agent, content, toolCalls, finishReason, ...told };
}

function outcomeFor(ask: TraceEventOf<'model.called'>, reel: Reel): Recorded {
  try {
    return reel.outcome(ask);
  } catch (error) {
    if (error instanceof FailedCall) throw missing(ask, error.message);
    throw error;
  }
}

function bent(plan: string): MusterError {
  return new MusterError({
    code: 'RECORDED_TEAM_BENT',
    place: `plan ${plan}`,
    message: 'a recorded team plays what was recorded, and no fault can reach it',
    hint: 'put your own team into its place to test it under chaos',
  });
}

function missing({ agent, turn }: TraceEventOf<'model.called'>, why: string): MusterError {
  return new MusterError({
    code: 'PLAYBACK_MISSING',
    place: `agent ${agent}, turn ${turn}`,
    message: `the cassette has no answer for a call of the trace: ${why}`,
    hint: 'cassette and trace belong together: import the incident again',
  });
}
