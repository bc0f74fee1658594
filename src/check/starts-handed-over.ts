// Starts handed over, a part of S13: an agent works on just what was handed to it, and waits for all whom it joins.
import type { TeamDefinition } from '../team/definition.ts';
import { sameJson } from './same-json.ts';
import type { StoryEvent, TraceIndex } from './trace-index.ts';
import { broken, held, type Ruling } from './verdict.ts';

type Started = Extract<StoryEvent<'starts'>, { readonly kind: 'agent.started' }>;
type Received = Extract<StoryEvent<'handoffs'>, { readonly kind: 'handoff.received' }>;

/** Looks at every start whose cause is the arrival of a handoff. */
export function checkHandovers(index: TraceIndex, team: TeamDefinition): Ruling {
  const starts = new Map<string, number>();
  for (const event of index.starts) {
    if (event.kind === 'mission.started') continue;
    const received = index.at(event.cause);
    if (received?.kind !== 'handoff.received' || isEscalated(index, event)) continue;
    const wrong = wrongEnvelope(index, event, received);
    if (wrong !== null) return broken(wrong, received.seq, event.seq);
    const nth = (starts.get(event.agent) ?? 0) + 1;
    starts.set(event.agent, nth);
    const missing =
      team.agents[event.agent]?.join === 'all' ? notYetHeard(index, team, { event, nth }) : null;
    if (missing !== null)
      return broken(`${event.agent} was started before ${missing} had handed over`, event.seq);
  }
  return held;
}

/** In the same step another agent may have given up and called on this one. */
function isEscalated(index: TraceIndex, { agent, cause, seq }: Started): boolean {
  return index.escalations.some((event) => event.cause === cause && event.to === agent && event.seq < seq);
}

function wrongEnvelope(index: TraceIndex, event: Started, received: Received): string | null {
  if (received.to !== event.agent)
    return `${event.agent} was started by a handoff that ${received.to} received`;
  const sent = index.at(received.cause);
  if (sent?.kind !== 'handoff.sent') return null;
  return sent.handoff === received.handoff && sameJson(sent.payload, received.payload)
    ? null
    : `${event.agent} was started by a handoff that is not the one that was sent`;
}

/** The first sender that has handed over less often than the joining agent was started. */
function notYetHeard(
  index: TraceIndex,
  { routes }: TeamDefinition,
  { event, nth }: { readonly event: Started; readonly nth: number },
): string | null {
  if (routes.kind === 'router') return null;
  const senders = routes.edges.filter((edge) => edge.to === event.agent).map((edge) => edge.from);
  return senders.find((sender) => arrivals(index, sender, event).size < nth) ?? null;
}

function arrivals(index: TraceIndex, from: string, before: Started): ReadonlySet<string> {
  const arrived = new Set<string>();
  for (const event of index.handoffs) {
    if (event.seq > before.seq) break;
    if (event.kind === 'handoff.received' && event.from === from && event.to === before.agent)
      arrived.add(event.handoff);
  }
  return arrived;
}
