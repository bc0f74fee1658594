// The index of a trace: its events sorted once into the stories that the invariants read, each in order of `seq`.
import type { Trace } from '../trace/trace.ts';
import type { TraceEvent, TraceEventOf } from '../trace/event.ts';

type Kind = TraceEvent['kind'];

/** Which stories an event is part of; every note of the steward is also part of `notes`. */
const stories = {
  'mission.started': ['notes', 'starts', 'versions', 'crashes'],
  'mission.ended': ['notes', 'ends'],
  'agent.started': ['notes', 'starts', 'versions', 'releases', 'confidences'],
  'agent.finished': ['notes', 'releases', 'confidences', 'assigned'],
  'outside.accepted': ['notes', 'books', 'loops', 'pauses'],
  'answer.accepted': ['notes', 'exchanges', 'requests', 'assigned'],
  'event.ignored': ['notes', 'ignored'],
  'context.read': ['notes', 'contexts'],
  'context.committed': ['notes', 'contexts', 'releases', 'approvals'],
  'context.conflicted': ['notes', 'releases', 'contexts'],
  'fact.kept': ['notes', 'facts'],
  'fact.served': ['notes', 'facts'],
  'gate.passed': ['notes', 'releases', 'gates'],
  'gate.rejected': ['notes', 'releases'],
  'rework.requested': ['notes', 'releases', 'reworks'],
  'retry.scheduled': ['notes', 'retries'],
  'approval.requested': ['notes', 'approvals', 'confidences'],
  'approval.decided': ['notes', 'approvals', 'confidences'],
  'approval.refused': ['notes'],
  'approval.expired': ['notes', 'approvals'],
  'approval.outdated': ['notes', 'approvals'],
  'budget.reserved': ['notes', 'books'],
  'budget.settled': ['notes', 'books'],
  'budget.presumed': ['notes', 'books'],
  'budget.alerted': ['notes', 'books'],
  'budget.breached': ['notes', 'books'],
  'credential.granted': ['notes', 'credentials'],
  'credential.revoked': ['notes', 'credentials'],
  'credential.refused': ['notes'],
  escalated: ['notes', 'escalations'],
  'loop.alarmed': ['notes', 'loops'],
  'tool.inDoubt': ['notes'],
  'agent.pinned': ['notes', 'versions'],
  resumed: ['notes', 'exchanges', 'crashes'],
  'model.called': [
    'exchanges',
    'models',
    'versions',
    'books',
    'contexts',
    'releases',
    'requests',
    'assigned',
    'pauses',
  ],
  'model.answered': ['books', 'requests'],
  'model.failed': [],
  'tool.called': ['exchanges', 'tools', 'versions', 'approvals', 'credentials', 'assigned', 'pauses'],
  'tool.applied': ['effects'],
  'tool.returned': [],
  'tool.failed': [],
  'tool.probed': ['exchanges', 'pauses'],
  'gate.called': ['exchanges', 'gates', 'assigned', 'pauses'],
  'gate.answered': ['gates'],
  'handoff.sent': ['exchanges', 'handoffs', 'pauses'],
  'handoff.received': ['handoffs'],
  'handoff.rejected': [],
  'message.said': [],
  'approval.asked': ['exchanges', 'pauses'],
  'approval.answered': [],
  'fault.armed': [],
  'fault.fired': [],
  'fault.witnessed': [],
  crashed: ['crashes'],
  finding: ['findings'],
  'attribution.doubted': [],
  'playback.diverged': [],
  'run.stopped': ['stops'],
} as const satisfies { readonly [K in Kind]: readonly string[] };

type Stories = typeof stories;
export type StoryName = NonNullable<Stories[Kind][number]>;

/** An event of a story: the union of the kinds that the table gives to it. */
export type StoryEvent<N extends StoryName> = {
  [K in Kind]: N extends Stories[K][number] ? TraceEventOf<K> : never;
}[Kind];

export type TraceIndex = { readonly [N in StoryName]: readonly StoryEvent<N>[] } & {
  readonly trace: Trace;
  /** Place in the trace of the event with this `seq`; undefined for 0 and for what is not there. */
  at(seq: number): TraceEvent | undefined;
};

/** Sorts the events of a trace in one pass. An event of a kind that is not in the vocabulary is part of no story. */
export function indexTrace(trace: Trace): TraceIndex {
  const index = emptyIndex(trace);
  const lists = storyNames.map((name) => index[name]);
  for (const event of trace.events) {
    const places = storyPlaces.get(event.kind);
    if (places === undefined) continue;
    for (let place = 0; place < places.length; place += 1) lists[places[place]!]!.push(event);
  }
  return index as unknown as TraceIndex;
}

const storyNames: readonly StoryName[] = [...new Set(Object.values(stories).flat())];

/** Kind => places of its stories in `storyNames`: numbers are found faster than names, and this runs for every trial. */
const storyPlaces: ReadonlyMap<string, readonly number[]> = new Map(
  Object.entries(stories).map(([kind, names]) => [kind, names.map((name) => storyNames.indexOf(name))]),
);

function emptyIndex(trace: Trace): Record<StoryName, TraceEvent[]> & Pick<TraceIndex, 'trace' | 'at'> {
  return {
    trace,
    at: (seq) => (seq > 0 ? trace.events[seq - 1] : undefined),
    notes: [],
    starts: [],
    ends: [],
    stops: [],
    exchanges: [],
    loops: [],
    pauses: [],
    models: [],
    tools: [],
    effects: [],
    handoffs: [],
    ignored: [],
    contexts: [],
    releases: [],
    reworks: [],
    retries: [],
    approvals: [],
    books: [],
    credentials: [],
    escalations: [],
    versions: [],
    crashes: [],
    findings: [],
    gates: [],
    assigned: [],
    requests: [],
    facts: [],
    confidences: [],
  };
}
