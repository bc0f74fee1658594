// Recovery: how long, and how much more work, from the first injection that the team felt to its steady state.
import type { Outcome } from '../check/outcome.ts';
import { callsOf, workDone } from '../check/work-done.ts';
import type { TraceEvent, TraceEventOf } from '../trace/event.ts';
import type { Trace } from '../trace/trace.ts';
import { uninjectedMs } from './injected-time.ts';
import { steadyEvent } from './steady-state.ts';

/**
 * Recovery is granted only to a trial that came out recovered, absorbed or degraded. All others are `censored`: their
 * figures say how far they got when the run stopped, and are lower bounds, never recoveries.
 */
export interface RecoveryFigures {
  readonly censored: boolean;
  /** Crossings dispatched on the way. */
  readonly steps: number;
  /** Virtual milliseconds, without the time during which an injected delay was running. */
  readonly ms: number;
  /** Over the whole run, more than the control; never below 0. */
  readonly extraTokens: number;
  readonly extraCalls: number;
  /** Agents that acted on the way. */
  readonly agentsTouched: number;
}

export interface RecoveryTrial {
  readonly chaos: Trace;
  readonly control: Trace;
  readonly outcome: Outcome;
}

/** Null when no fault was witnessed: there was nothing to recover from. */
export function measureRecovery(trial: RecoveryTrial): RecoveryFigures | null {
  const { events } = trial.chaos;
  const felt = feltFirings(events);
  const first = felt[0];
  if (first === undefined) return null;
  const steady = hasRecovered(trial.outcome) ? steadyEvent(trial.chaos, felt) : null;
  const last = steady ?? events.at(-1)!;
  const window = events.slice(first.seq, last.seq);
  const [work, twin] = [workDone(trial.chaos), workDone(trial.control)];
  return {
    censored: steady === null,
    steps: window.filter(isDispatch).length,
    ms: uninjectedMs(events, first.atMs, last.atMs),
    extraTokens: Math.max(0, work.tokens - twin.tokens),
    extraCalls: Math.max(0, callsOf(work) - callsOf(twin)),
    agentsTouched: new Set(window.filter(isDispatch).map(actorOf)).size,
  };
}

type Fired = TraceEventOf<'fault.fired'>;
type Dispatch = TraceEventOf<
  'model.called' | 'tool.called' | 'tool.probed' | 'gate.called' | 'handoff.sent' | 'approval.asked'
>;

function hasRecovered(outcome: Outcome): boolean {
  return outcome === 'recovered' || outcome === 'absorbed' || outcome === 'degraded';
}

/** The firings whose effect reached the team, in the order in which they fired. */
function feltFirings(events: readonly TraceEvent[]): readonly Fired[] {
  const witnessed = new Set<string>();
  for (const event of events)
    if (event.kind === 'fault.witnessed') witnessed.add(`${event.injection} ${event.crossing}`);
  const felt: Fired[] = [];
  for (const event of events)
    if (event.kind === 'fault.fired' && witnessed.has(`${event.injection} ${event.crossing}`))
      felt.push(event);
  return felt;
}

const dispatches: ReadonlySet<string> = new Set([
  'model.called',
  'tool.called',
  'tool.probed',
  'gate.called',
  'handoff.sent',
  'approval.asked',
] satisfies readonly Dispatch['kind'][]);

function isDispatch(event: TraceEvent): event is Dispatch {
  return dispatches.has(event.kind);
}

function actorOf(event: Dispatch): string {
  return event.kind === 'handoff.sent' ? event.from : event.agent;
}
