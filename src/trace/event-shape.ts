// The shape of each event, as a table: what a trace that comes from a file is held to.
import { isJsonObject, type Json } from '../base/json.ts';
import type { TraceBody } from './event.ts';

/** A trailing `?` allows null; a leading `~` allows the field to be missing. */
type FieldShape =
  | 'text'
  | 'text?'
  | 'number'
  | 'number?'
  | 'flag'
  | '~flag'
  | 'json'
  | 'object'
  | 'object?'
  | 'list'
  | 'list?';

type Kind = TraceBody['kind'];
type BodyOf<K extends Kind> = Extract<TraceBody, { readonly kind: K }>;
type Shapes = { readonly [K in Kind]: Readonly<Record<Exclude<keyof BodyOf<K>, 'kind'>, FieldShape>> };

const books = {
  agent: 'text',
  tokensSpent: 'number',
  tokensReserved: 'number',
  tokensPresumed: 'number',
  tokensMax: 'number',
  costMicros: 'number',
  costMicrosMax: 'number',
} as const;
const moved = { command: 'text', tokens: 'number', ...books } as const;
const called = { call: 'text', agent: 'text' } as const;
const assigned = { agent: 'text', assignment: 'text' } as const;
const handed = { handoff: 'text', from: 'text', to: 'text' } as const;
const chaos = { injection: 'number', fault: 'text', crossing: 'text' } as const;

const shapes: Shapes = {
  'mission.started': { mission: 'text', team: 'text', pins: 'object' },
  'mission.ended': { end: 'text', reason: 'text', contextVersion: 'number', context: 'object' },
  'agent.started': { ...assigned, version: 'number', visit: 'number' },
  'agent.finished': { ...assigned, outcome: 'text', confidence: 'number?', tokens: 'number' },
  'outside.accepted': { event: 'text' },
  'answer.accepted': { command: 'text', event: 'text' },
  'event.ignored': { event: 'text', why: 'text', command: 'text?' },
  'context.read': { ...assigned, version: 'number', keys: 'list' },
  'context.committed': { ...assigned, base: 'number', version: 'number', patch: 'object' },
  'context.conflicted': { ...assigned, base: 'number', version: 'number', keys: 'list' },
  'fact.kept': { tool: 'text', fact: 'text', agent: 'text' },
  'fact.served': { tool: 'text', fact: 'text', agent: 'text', foundBy: 'text' },
  'gate.passed': { ...assigned, rework: 'number', gates: 'list' },
  'gate.rejected': { ...assigned, rework: 'number', feedback: 'list' },
  'rework.requested': { ...assigned, rework: 'number', feedback: 'list' },
  'retry.scheduled': { agent: 'text', what: 'text', attempt: 'number', waitMs: 'number' },
  'approval.requested': {
    agent: 'text',
    request: 'text',
    name: 'text',
    contextVersion: 'number',
    fingerprint: 'text',
    approvers: 'list',
    expiresAtMs: 'number',
  },
  'approval.decided': {
    request: 'text',
    decision: 'text',
    approver: 'text',
    contextVersion: 'number',
    fingerprint: 'text',
  },
  'approval.refused': { request: 'text', approver: 'text', why: 'text' },
  'approval.expired': { request: 'text', agent: 'text' },
  'approval.outdated': { request: 'text', agent: 'text', boundTo: 'number', version: 'number' },
  'budget.reserved': moved,
  'budget.settled': moved,
  'budget.presumed': moved,
  'budget.alerted': books,
  'budget.breached': { wanted: 'number', ...books },
  'credential.granted': { credential: 'text', agent: 'text', scopes: 'list' },
  'credential.revoked': { credential: 'text', agent: 'text' },
  'credential.refused': { agent: 'text', tool: 'text', scope: 'text' },
  escalated: { agent: 'text', to: 'text', reason: 'text' },
  'loop.alarmed': { agent: 'text', loop: 'text', repetitions: 'number', action: 'text' },
  'tool.inDoubt': { agent: 'text', tool: 'text', key: 'text' },
  'agent.pinned': { agent: 'text', version: 'number' },
  resumed: { epoch: 'number' },
  'model.called': {
    ...called,
    version: 'number?',
    model: 'text',
    assignment: 'text?',
    turn: 'number',
    attempt: 'number',
    key: 'text',
    contextVersion: 'number?',
    slice: 'object?',
    feedback: 'list?',
    epoch: 'number',
  },
  'model.answered': {
    ...called,
    content: 'text',
    toolCalls: 'list',
    finishReason: 'text',
    usage: 'object',
    usageUnknown: '~flag',
  },
  'model.failed': { ...called, reason: 'text', status: 'number?', message: 'text' },
  'tool.called': {
    ...called,
    version: 'number?',
    assignment: 'text?',
    tool: 'text',
    arguments: 'object',
    effect: 'text?',
    attempt: 'number',
    key: 'text',
    scope: 'text?',
    credential: 'text?',
    approval: 'text?',
    contextVersion: 'number?',
    epoch: 'number',
  },
  'tool.applied': { tool: 'text', key: 'text', effect: 'text?', arguments: 'object' },
  'tool.returned': { ...called, tool: 'text', result: 'json' },
  'tool.failed': { ...called, tool: 'text', message: 'text' },
  'tool.probed': { ...called, tool: 'text', key: 'text' },
  'gate.called': { ...called, assignment: 'text?', rework: 'number', gates: 'list' },
  'gate.answered': { call: 'text', passed: 'flag' },
  'handoff.sent': {
    ...handed,
    call: 'text',
    attempt: 'number',
    payload: 'object',
    confidence: 'number?',
    contextVersion: 'number?',
    tokens: 'number',
  },
  'handoff.received': { ...handed, payload: 'object' },
  'handoff.rejected': { ...handed, message: 'text' },
  'message.said': { agent: 'text', to: 'text?', role: 'text', content: 'text' },
  'approval.asked': { ...called, name: 'text' },
  'approval.answered': { call: 'text', approver: 'text', decision: 'text' },
  'fault.armed': chaos,
  'fault.fired': { ...chaos, agent: 'text?', delayMs: 'number' },
  'fault.witnessed': chaos,
  crashed: { point: 'text', epoch: 'number' },
  'attribution.doubted': { call: 'text', fits: 'list', prompt: 'text' },
  'playback.diverged': { call: 'text', agent: 'text', turn: 'number', what: 'text' },
  finding: { invariant: 'text', held: 'flag', detail: 'text', times: 'number' },
  'run.stopped': { why: 'text', detail: 'text', pending: 'number', live: 'number?' },
};

const stamp = { seq: 'number', atMs: 'number', cause: 'number' } as const;

/** The same table as lists: every event of every file that is read goes through one of them. */
const fieldsByKind: ReadonlyMap<string, readonly (readonly [field: string, shape: FieldShape])[]> = new Map(
  Object.entries(shapes).map(([kind, fields]) => [kind, Object.entries({ ...stamp, ...fields })]),
);

/** What is wrong with a value that should be an event: the field and what it must be; null for an event. */
export function eventFault(value: Json): { readonly field: string; readonly message: string } | null {
  if (!isJsonObject(value)) return { field: '', message: 'an event must stand here' };
  const { kind } = value;
  const fields = typeof kind === 'string' ? fieldsByKind.get(kind) : undefined;
  if (fields === undefined) return { field: 'kind', message: 'there is no such kind of event' };
  for (const [field, shape] of fields) {
    if (!fits(value[field], shape)) return { field, message: `${shapeText(shape)} must stand here` };
  }
  return null;
}

function fits(value: Json | undefined, shape: FieldShape): boolean {
  if (value === undefined) return shape.startsWith('~');
  if (value === null) return shape.endsWith('?') || shape === 'json';
  switch (shape) {
    case 'text':
    case 'text?':
      return typeof value === 'string';
    case 'number':
    case 'number?':
      return typeof value === 'number';
    case 'flag':
    case '~flag':
      return typeof value === 'boolean';
    case 'object':
    case 'object?':
      return isJsonObject(value);
    case 'list':
    case 'list?':
      return Array.isArray(value);
    case 'json':
      return true;
  }
}

function shapeText(shape: FieldShape): string {
  const name = shape.replace(/[~?]/, '');
  return name === 'object' ? 'an object' : `a ${name}`;
}
