// The handoff edge: a message bus over HTTP between a team's agents; every message is a crossing.
import type { JsonObject } from '../base/json.ts';
import type { HandoffOutcome } from '../chaos/outcome.ts';
import { agentHeader } from '../llm/attribution.ts';
import type { Handled, WireHandler, WireRequest } from '../llm/traffic/wire-traffic.ts';
import { jsonReply, textReply } from '../llm/wire/wire-reply.ts';
import type { Handoff } from '../team/handoff.ts';
import type { HttpWorld } from './http-world.ts';
import { Mailbox, type Letter } from './mailbox.ts';
import { routeRequest } from './route-request.ts';
import type { HandoffRoute, RouteRequest } from './route.ts';
import { compileUrlPattern } from './url-pattern.ts';
import { paceMs } from '../engine/world/world.ts';

export interface HandoffEdgeParts {
  readonly world: HttpWorld;
  readonly route: HandoffRoute;
}

interface Bus extends HandoffEdgeParts {
  readonly mailboxes: Map<string, Mailbox>;
  /** Attempts that failed in a row, by edge. */
  readonly failures: Map<string, number>;
}

export function handoffEdge(parts: HandoffEdgeParts): WireHandler {
  const base = parts.route.url.replace(/\/+$/, '');
  const sending = compileUrlPattern(`${base}/agents/:to/messages`);
  const waiting = compileUrlPattern(`${base}/agents/:name/messages/next`);
  const bus: Bus = { ...parts, mailboxes: new Map(), failures: new Map() };
  return (request) => {
    const to = request.method === 'POST' ? sending(request.url) : null;
    if (to !== null) return send(bus, routeRequest(request, to));
    const name = request.method === 'GET' ? waiting(request.url) : null;
    return name === null ? null : receive(bus, name['name'] ?? '', request);
  };
}

async function send(bus: Bus, request: RouteRequest): Promise<Handled> {
  const { world, failures } = bus;
  const handoff = envelope(bus, request);
  if (handoff === null) return { reply: jsonReply(400, { error: 'a message is a JSON object' }) };
  const { id, from, to, payload, confidence, tokens } = handoff;
  const edge = `${from}->${to}`;
  const attempt = (failures.get(edge) ?? 0) + 1;
  const cause = world.log({
    kind: 'handoff.sent',
    call: id,
    handoff: id,
    from,
    to,
    attempt,
    payload,
    confidence: 'confidence' in payload ? confidence : null,
    contextVersion: null,
    tokens,
  });
  const usualMs = paceMs(world, 'handoffMs', `${id}/${attempt}`);
  const { outcome, felt } = await world.touch<'handoff'>({
    crossing: { layer: 'handoff', agent: from, subject: edge, attempt },
    cause,
    usualMs,
    real: () => ({ kind: 'delivered', to, handoff, afterMs: usualMs, copiesAfterMs: [] }),
  });
  // What is felt at the receiver's end goes on after the sender has been told that the message was taken.
  for (const { afterMs, happen } of felt) world.time.after(afterMs, happen);
  if (outcome.kind === 'failed') failures.set(edge, attempt);
  else failures.delete(edge);
  return carryOut(bus, { handoff, outcome, cause });
}

interface Sent {
  readonly handoff: Handoff;
  readonly outcome: HandoffOutcome;
  readonly cause: number;
}

const statusOfFailure = { error: 503, refused: 403, bounced: 409 } as const;

/** A lost message was taken by the bus: its sender is told nothing else. */
function carryOut(bus: Bus, { handoff, outcome, cause }: Sent): Handled {
  const { world } = bus;
  const { id, from, to } = handoff;
  switch (outcome.kind) {
    case 'failed': {
      const { message, how, afterMs } = outcome;
      return {
        reply: jsonReply(statusOfFailure[how], { error: message, how }, afterMs),
        delivered: () => void world.log({ kind: 'handoff.rejected', handoff: id, from, to, message }, cause),
      };
    }
    case 'lost':
      return { reply: jsonReply(202, { id }) };
    case 'delivered': {
      for (const laterMs of [0, ...outcome.copiesAfterMs]) {
        world.time.after(outcome.afterMs + laterMs, () =>
          mailboxOf(bus, outcome.to).put({ handoff: outcome.handoff, cause }),
        );
      }
      return { reply: jsonReply(202, { id }) };
    }
  }
}

async function receive(bus: Bus, agent: string, { url, signal }: WireRequest): Promise<Handled> {
  const { world } = bus;
  const limit = url.searchParams.get('timeoutMs');
  const mailbox = mailboxOf(bus, agent);
  const letter = await new Promise<Letter | null>((resolve) => {
    if (limit !== null) world.time.after(Number(limit), () => mailbox.leave(resolve));
    signal.addEventListener('abort', () => mailbox.leave(resolve), { once: true });
    mailbox.wait(resolve);
  });
  if (letter === null) return { reply: textReply({ status: 204, text: '', afterMs: 0, headers: {} }) };
  const { handoff, cause } = letter;
  const { id, from, payload } = handoff;
  return {
    reply: jsonReply(200, { ...payload, id, from }),
    delivered: () =>
      void world.log({ kind: 'handoff.received', handoff: id, from, to: agent, payload }, cause),
  };
}

function mailboxOf({ mailboxes }: Bus, agent: string): Mailbox {
  const known = mailboxes.get(agent) ?? new Mailbox();
  mailboxes.set(agent, known);
  return known;
}

/** The payload is the body without `from`; what an envelope needs beyond it is taken from the body where it is there. */
function envelope({ world, route }: Bus, request: RouteRequest): Handoff | null {
  const { body, path } = request;
  if (body === null) return null;
  const { from: said, ...payload } = body;
  const from =
    route.from?.(request) ??
    (typeof said === 'string' ? said : request.headers.get(agentHeader)) ??
    'unattributed';
  return {
    id: world.nextCall(),
    mission: world.mission,
    from,
    fromVersion: 1,
    to: path['to'] ?? '',
    payload,
    confidence: numberIn(payload, 'confidence', 1),
    flags: [],
    contextVersion: 0,
    tokens: numberIn(payload, 'tokens', 0),
    startedAtMs: world.time.now(),
    sentAtMs: world.time.now(),
  };
}

function numberIn(payload: JsonObject, name: string, otherwise: number): number {
  const value = payload[name];
  return typeof value === 'number' ? value : otherwise;
}
