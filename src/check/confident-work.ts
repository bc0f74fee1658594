// Confident work, a part of S7: what an agent itself is not sure of goes on only when a person has accepted it.
import type { AgentDefinition } from '../team/agent.ts';
import { definitionAt } from './pinned-definition.ts';
import type { StoryEvent, TraceIndex } from './trace-index.ts';
import { broken, held, type Ruling } from './verdict.ts';

type Event = StoryEvent<'confidences'>;
type EventOf<K extends Event['kind']> = Extract<Event, { readonly kind: K }>;

interface Course {
  readonly started: Map<string, EventOf<'agent.started'>>;
  readonly asked: Map<string, EventOf<'approval.requested'>>;
  readonly approved: EventOf<'approval.requested'>[];
}

/** Work below its agent's threshold that is finished as done needs the yes of somebody on the agent's escalation path. */
export function checkConfidence(index: TraceIndex): Ruling {
  const course: Course = { started: new Map(), asked: new Map(), approved: [] };
  for (const event of index.confidences) {
    switch (event.kind) {
      case 'agent.started':
        course.started.set(event.assignment, event);
        break;
      case 'approval.requested':
        course.asked.set(event.request, event);
        break;
      case 'approval.decided': {
        const asked = course.asked.get(event.request);
        if (asked !== undefined && event.decision === 'approve') course.approved.push(asked);
        break;
      }
      case 'agent.finished':
        if (isUnsureAndAlone(index, course, event))
          return broken(
            `${event.agent} was only ${event.confidence} sure, and its work went on without a person's yes`,
            event.seq,
          );
    }
  }
  return held;
}

function isUnsureAndAlone(index: TraceIndex, course: Course, event: EventOf<'agent.finished'>): boolean {
  if (event.outcome !== 'done' || event.confidence === null) return false;
  const start = course.started.get(event.assignment);
  const agent = definitionAt(index.trace, event.agent, start?.version ?? null);
  if (agent === null || event.confidence >= agent.confidenceMin) return false;
  return !course.approved.some((asked) => acceptsFor(asked, agent, start?.seq ?? 0));
}

function acceptsFor(asked: EventOf<'approval.requested'>, agent: AgentDefinition, sinceSeq: number): boolean {
  return (
    asked.agent === agent.name && asked.seq > sinceSeq && agent.escalateTo.includes(`human:${asked.name}`)
  );
}
