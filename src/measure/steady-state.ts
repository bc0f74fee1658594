// The steady state: the moment at which everything that a fault hit has got through.
import type { TraceEvent, TraceEventOf } from '../trace/event.ts';
import type { Trace } from '../trace/trace.ts';
import { siteOf, type Site } from './site.ts';

type Fired = TraceEventOf<'fault.fired'>;
type Reply = TraceEventOf<'model.answered' | 'tool.returned'>;

/** A run as its steady state is read from it; `taken` holds the answers that the team took, by `seq`. */
interface Course {
  readonly events: readonly TraceEvent[];
  /** Null for a team that keeps no books of what it takes: it is believed to take everything. */
  readonly taken: ReadonlySet<number> | null;
}

/**
 * A firing is over when what it hit (an agent or an edge, on one layer) gets through: it gets an answer of the same
 * layer that the team takes: a model answer that is not sent back, a tool result, a handoff received, a gate passed, a
 * decision made; after a crash, any accepted answer under the new epoch. An agent that finishes its work as done is
 * through whatever was hit but its handoff, and so is everything when the mission ends done or degraded.
 *
 * The steady state is the first moment at which every firing so far is over; what fires later is another disturbance.
 * Null when there is no such moment. `felt` is in the order of firing and not empty.
 */
export function steadyEvent(trace: Trace, felt: readonly Fired[]): TraceEvent | null {
  const course = courseOf(trace);
  let steady: TraceEvent | null = null;
  for (const fired of felt) {
    if (steady !== null && fired.seq > steady.seq) return steady;
    const through = firstThrough(course, fired);
    if (through === null) return null;
    if (steady === null || through.seq > steady.seq) steady = through;
  }
  return steady;
}

function courseOf({ team, events }: Trace): Course {
  if (team === null) return { events, taken: null };
  const taken = new Set<number>();
  for (const event of events) if (event.kind === 'answer.accepted') taken.add(event.cause);
  return { events, taken };
}

function firstThrough(course: Course, fired: Fired): TraceEvent | null {
  const hit = siteOf(fired.crossing);
  for (let place = fired.seq; place < course.events.length; place += 1) {
    const event = course.events[place]!;
    if (event.kind === 'mission.ended' && (event.end === 'done' || event.end === 'degraded')) return event;
    if (finishes(event, hit)) return event;
    if (getsThrough(course, event, { fired, hit })) return event;
  }
  return null;
}

/** A handoff comes after its sender's end of work, so that this end says nothing about it. */
function finishes(event: TraceEvent, hit: Site): boolean {
  return (
    event.kind === 'agent.finished' &&
    event.outcome === 'done' &&
    event.agent === hit.agent &&
    hit.layer !== 'handoff'
  );
}

function getsThrough(
  course: Course,
  event: TraceEvent,
  { fired, hit }: { readonly fired: Fired; readonly hit: Site },
): boolean {
  if (hit.layer === 'llm')
    return event.kind === 'model.answered' && event.agent === hit.agent && stands(course, event);
  if (hit.layer === 'tool')
    return event.kind === 'tool.returned' && event.agent === hit.agent && isTaken(course, event);
  if (hit.layer === 'gate') return event.kind === 'gate.passed' && event.agent === hit.agent;
  if (hit.layer === 'handoff')
    return event.kind === 'handoff.received' && `${event.from}->${event.to}` === hit.site;
  if (hit.layer === 'approval')
    return event.kind === (course.taken === null ? 'approval.answered' : 'approval.decided');
  return event.kind === 'answer.accepted' && isUp(course, event, fired);
}

function isTaken({ taken }: Course, answer: Reply): boolean {
  return taken === null || taken.has(answer.seq);
}

/** A model answer stands when it was taken, and the next thing its agent hears is not that it must do it again. */
function stands(course: Course, answer: Reply): boolean {
  if (!isTaken(course, answer)) return false;
  for (let place = answer.seq; place < course.events.length; place += 1) {
    const event = course.events[place]!;
    if (!('agent' in event) || event.agent !== answer.agent) continue;
    if (event.kind === 'rework.requested' || event.kind === 'gate.rejected') return false;
    if (event.kind === 'gate.passed' || event.kind === 'model.called' || event.kind === 'tool.called')
      return true;
    if (event.kind === 'agent.finished') return event.outcome === 'done';
  }
  return true;
}

/** Whether the process is up again: a takeover came since the firing, or the firing crashed nothing. */
function isUp({ events }: Course, accepted: TraceEvent, fired: Fired): boolean {
  for (let place = accepted.seq - 1; place >= fired.seq; place -= 1) {
    if (events[place]!.kind === 'resumed') return true;
  }
  return !events.some(({ kind, seq }) => kind === 'crashed' && seq > fired.seq);
}
