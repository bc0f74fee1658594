// Approved actions, the second half of S7: each high-stakes call has a decision of its own that still holds.
import { fingerprint } from '../base/fingerprint.ts';
import type { StoryEvent, TraceIndex } from './trace-index.ts';
import { broken, held, type Ruling } from './verdict.ts';

type Event = StoryEvent<'approvals'>;
type EventOf<K extends Event['kind']> = Extract<Event, { readonly kind: K }>;

/** One request for approval, as far as the trace has told of it. `usedFor` is the key of the call it released. */
interface Request {
  readonly asked: EventOf<'approval.requested'>;
  decided: EventOf<'approval.decided'> | null;
  outdated: boolean;
  usedFor: string | null;
}

interface Desk {
  readonly requests: Map<string, Request>;
  /** Calls that were dispatched before: after a crash they are dispatched again under the same approval. */
  readonly seen: Set<string>;
  contextVersion: number;
}

/** Follows every request to its decision and its use. Needs a team. */
export function checkActions(index: TraceIndex): Ruling {
  const tools = index.trace.team?.tools ?? {};
  const desk: Desk = { requests: new Map(), seen: new Set(), contextVersion: 1 };
  for (const event of index.approvals) {
    if (event.kind !== 'tool.called') note(desk, event);
    else if (tools[event.tool]?.approval !== undefined) {
      const wrong = badCall(desk, event);
      if (wrong !== null) return broken(wrong.sentence, ...wrong.seqs, event.seq);
      desk.seen.add(event.call);
    }
  }
  return held;
}

function note(desk: Desk, event: Exclude<Event, { readonly kind: 'tool.called' }>): void {
  switch (event.kind) {
    case 'approval.requested':
      desk.requests.set(event.request, { asked: event, decided: null, outdated: false, usedFor: null });
      return;
    case 'approval.decided': {
      const request = desk.requests.get(event.request);
      if (request !== undefined) request.decided = event;
      return;
    }
    case 'approval.expired':
    case 'approval.outdated': {
      const request = desk.requests.get(event.request);
      if (request !== undefined) request.outdated = true;
      return;
    }
    case 'context.committed':
      desk.contextVersion = event.version;
  }
}

interface Wrong {
  readonly sentence: string;
  readonly seqs: readonly number[];
}

function badCall(desk: Desk, call: EventOf<'tool.called'>): Wrong | null {
  const request = call.approval === null ? undefined : desk.requests.get(call.approval);
  if (request === undefined || request.decided === null)
    return { sentence: `${call.tool} was called without a decision that releases it`, seqs: [] };
  const why = badDecision(request, request.decided) ?? badUse(desk, request, call);
  request.usedFor = call.key;
  if (why === null) return null;
  return {
    sentence: `${call.tool} was called on an approval that ${why}`,
    seqs: [request.asked.seq, request.decided.seq],
  };
}

function badDecision({ asked }: Request, decided: EventOf<'approval.decided'>): string | null {
  if (decided.decision !== 'approve') return 'was refused';
  if (!asked.approvers.includes(decided.approver)) return `came from ${decided.approver}, who was not asked`;
  if (decided.atMs > asked.expiresAtMs) return 'had expired';
  if (decided.contextVersion !== asked.contextVersion) return 'was given for another context version';
  return decided.fingerprint === asked.fingerprint ? null : 'was given for another action';
}

function badUse(desk: Desk, request: Request, call: EventOf<'tool.called'>): string | null {
  const { asked, usedFor } = request;
  if (usedFor !== null && usedFor !== call.key) return 'had released another call';
  if (asked.contextVersion !== call.contextVersion) return `is bound to context ${asked.contextVersion}`;
  if (asked.fingerprint !== fingerprint({ name: call.tool, arguments: call.arguments }))
    return 'is bound to another action';
  if (desk.seen.has(call.call)) return null;
  if (request.outdated) return 'no longer held';
  return desk.contextVersion === asked.contextVersion
    ? null
    : `is bound to context ${asked.contextVersion}, and the newest is ${desk.contextVersion}`;
}
