// A compact trace: the events of a run that a person wants to see, each with its lane, tone and one line of text.
import type { Trace } from '../trace/trace.ts';
import type { TraceBody, TraceEvent } from '../trace/event.ts';

/** What an event means to a reader; a timeline draws each in its own way. */
export type EventTone = 'call' | 'reply' | 'handoff' | 'decision' | 'trouble' | 'fault' | 'end';

export interface CompactEvent {
  /** `seq` of the event in the trace. */
  readonly seq: number;
  /** Milliseconds since the run started. */
  readonly atMs: number;
  readonly kind: string;
  /** The agent whose lane the event belongs to; `steward` for what no agent did. */
  readonly lane: string;
  /** The lane at the other end of a handoff or an escalation. */
  readonly toLane: string | null;
  /** Joins a call with its reply. */
  readonly call: string | null;
  readonly tone: EventTone;
  readonly text: string;
}

/** The lane of everything that no agent did. */
export const stewardLane = 'steward';

const TEXT_MAX = 160;

type Kind = TraceBody['kind'];
type BodyOf<K extends Kind> = Extract<TraceBody, { readonly kind: K }>;
interface Sketch {
  readonly tone: EventTone;
  readonly text: string;
  readonly lane?: string | null;
  readonly toLane?: string;
}
type Sketcher<K extends Kind> = (body: BodyOf<K>) => Sketch | null;

/** How each kind is told. Kinds that are not listed are bookkeeping and are left out. */
const sketchers: { readonly [K in Kind]?: Sketcher<K> } = {
  'mission.started': (body) => ({ tone: 'decision', text: `mission ${body.mission} starts` }),
  'mission.ended': (body) => ({ tone: 'end', text: `mission ends ${body.end}: ${body.reason}` }),
  'agent.started': (body) => ({ tone: 'decision', text: `starts work, visit ${body.visit}` }),
  'agent.finished': (body) => ({
    tone: body.outcome === 'failed' ? 'trouble' : 'decision',
    text: `finishes: ${body.outcome}${body.confidence === null ? '' : `, confidence ${body.confidence}`}`,
  }),
  'model.called': (body) => ({ tone: 'call', text: `asks ${body.model}${again(body.attempt)}` }),
  'model.answered': (body) => ({ tone: 'reply', text: answerText(body) }),
  'model.failed': (body) => ({ tone: 'trouble', text: `model ${body.reason}: ${body.message}` }),
  'tool.called': (body) => ({
    tone: 'call',
    text: `uses ${body.tool}(${JSON.stringify(body.arguments)})${again(body.attempt)}`,
  }),
  'tool.applied': (body) => ({ tone: 'reply', text: `${body.tool} took effect`, lane: stewardLane }),
  'tool.returned': (body) => ({
    tone: 'reply',
    text: `${body.tool} returned ${JSON.stringify(body.result)}`,
  }),
  'tool.failed': (body) => ({ tone: 'trouble', text: `${body.tool} failed: ${body.message}` }),
  'gate.called': (body) => ({ tone: 'call', text: `gate ${body.gates.join(', ')} is asked` }),
  'gate.passed': (body) => ({ tone: 'reply', text: `gate ${body.gates.join(', ')} passed` }),
  'gate.rejected': (body) => ({ tone: 'trouble', text: `gate rejects: ${body.feedback.join('; ')}` }),
  'rework.requested': (body) => ({ tone: 'decision', text: `rework ${body.rework}` }),
  'retry.scheduled': (body) => ({
    tone: 'decision',
    text: `${body.what} retry ${body.attempt} in ${body.waitMs} ms`,
  }),
  'handoff.sent': (body) => ({
    tone: 'handoff',
    text: `hands to ${body.to}${again(body.attempt)}: ${JSON.stringify(body.payload)}`,
    lane: body.from,
    toLane: body.to,
  }),
  'handoff.received': (body) => ({ tone: 'reply', text: `receives from ${body.from}`, lane: body.to }),
  'handoff.rejected': (body) => ({
    tone: 'trouble',
    text: `refuses the handoff of ${body.from}: ${body.message}`,
    lane: body.to,
  }),
  'message.said': (body) => ({ tone: 'call', text: `${body.role} says: ${body.content}` }),
  'approval.requested': (body) => ({ tone: 'call', text: `approval ${body.name} requested` }),
  'approval.asked': (body) => ({ tone: 'call', text: `approval ${body.name} asked` }),
  'approval.answered': (body) => ({ tone: 'reply', text: `${body.approver} says ${body.decision}` }),
  'approval.refused': (body) => ({
    tone: 'trouble',
    text: `answer of ${body.approver} refused: ${body.why}`,
  }),
  'approval.expired': () => ({ tone: 'trouble', text: 'nobody answered in time' }),
  'approval.outdated': (body) => ({
    tone: 'trouble',
    text: `approval is bound to context ${body.boundTo}, now ${body.version}`,
  }),
  'context.committed': (body) => ({
    tone: 'decision',
    text: `commits context ${body.version}: ${Object.keys(body.patch).join(', ')}`,
  }),
  'context.conflicted': (body) => ({ tone: 'trouble', text: `conflict on ${body.keys.join(', ')}` }),
  'fact.served': (body) => ({ tone: 'reply', text: `known fact of ${body.foundBy} served for ${body.tool}` }),
  'budget.alerted': (body) => ({ tone: 'trouble', text: booksText('alert', body) }),
  'budget.breached': (body) => ({ tone: 'trouble', text: booksText('limit', body) }),
  'credential.refused': (body) => ({ tone: 'trouble', text: `no credential for ${body.scope}` }),
  'credential.revoked': () => ({ tone: 'decision', text: 'credential revoked' }),
  escalated: (body) => ({
    tone: 'trouble',
    text: `escalates to ${body.to}: ${body.reason}`,
    toLane: body.to,
  }),
  'loop.alarmed': (body) => ({
    tone: 'trouble',
    text: `loop (${body.loop}, ${body.repetitions} times): ${body.action}`,
  }),
  'tool.inDoubt': (body) => ({ tone: 'trouble', text: `${body.tool} is in doubt` }),
  resumed: (body) => ({ tone: 'decision', text: `steward resumes, epoch ${body.epoch}` }),
  crashed: (body) => ({ tone: 'fault', text: `steward crashes ${body.point}` }),
  'fault.fired': (body) => ({
    tone: 'fault',
    text: `${body.fault} at ${body.crossing}${body.delayMs > 0 ? `, ${body.delayMs} ms` : ''}`,
  }),
  finding: (body) =>
    body.held ? null : { tone: 'trouble', text: `invariant ${body.invariant} broken: ${body.detail}` },
  'attribution.doubted': (body) => ({
    tone: 'trouble',
    text:
      body.fits.length === 0
        ? `no rule says whose call this is: ${body.prompt}`
        : `the rules of ${body.fits.join(' and ')} fit this call: ${body.prompt}`,
  }),
  'playback.diverged': (body) => ({
    tone: 'trouble',
    text: `asks something else than was recorded in turn ${body.turn}: ${body.what}`,
  }),
  'run.stopped': (body) => ({ tone: 'end', text: `run stops: ${body.why} ${body.detail}`.trimEnd() }),
};

/** The events worth showing, in order; texts are cut to one line of about 160 characters. */
export function compactTrace(trace: Pick<Trace, 'events' | 'startedAtMs'>): readonly CompactEvent[] {
  const compact: CompactEvent[] = [];
  for (const event of trace.events) {
    const sketch = sketchOf(event);
    if (sketch === null) continue;
    compact.push({
      seq: event.seq,
      atMs: event.atMs - trace.startedAtMs,
      kind: event.kind,
      lane: sketch.lane ?? agentOf(event) ?? stewardLane,
      toLane: sketch.toLane ?? null,
      call: callOf(event),
      tone: sketch.tone,
      text: sketch.text.length > TEXT_MAX ? `${sketch.text.slice(0, TEXT_MAX)}…` : sketch.text,
    });
  }
  return compact;
}

function sketchOf(event: TraceEvent): Sketch | null {
  const sketcher = sketchers[event.kind] as ((body: TraceEvent) => Sketch | null) | undefined;
  return sketcher === undefined ? null : sketcher(event);
}

/** A gate's answer names no call: without one its bar would never end. */
function callOf(event: TraceEvent): string | null {
  return 'call' in event && event.kind !== 'gate.called' ? event.call : null;
}

function agentOf(event: TraceEvent): string | null {
  return 'agent' in event ? event.agent : null;
}

function again(attempt: number): string {
  return attempt > 1 ? `, attempt ${attempt}` : '';
}

function answerText(body: BodyOf<'model.answered'>): string {
  const tools = body.toolCalls.map((call) => call.name).join(', ');
  const tokens = body.usage.inputTokens + body.usage.outputTokens;
  const what = tools === '' ? body.content : `wants ${tools}`;
  return `answers (${body.finishReason}, ${tokens} tokens): ${what}`;
}

function booksText(what: string, books: BodyOf<'budget.alerted'> | BodyOf<'budget.breached'>): string {
  const whose = books.agent === '*' ? 'mission' : books.agent;
  return `token budget of ${whose}: ${what} at ${books.tokensSpent} of ${books.tokensMax}`;
}
