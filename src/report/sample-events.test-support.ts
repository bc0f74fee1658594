// A failing run as a timeline meets one: five agents hand on a lead, and nobody approves the contract; for tests alone.
import { compactTrace } from '../campaign/compact-trace.ts';
import type { CompactEvent } from '../campaign/compact-trace.ts';
import type { TraceBody, TraceEvent } from '../trace/event.ts';

const agents = ['qualifier', 'researcher', 'scheduler', 'compliance', 'closer'];

/** A failing run of the sales team, compact. */
export function sampleEvents(): readonly CompactEvent[] {
  const events: TraceEvent[] = [];
  let atMs = 1_760_000_000_000;
  const add = (afterMs: number, body: TraceBody): void => {
    atMs += afterMs;
    events.push({ ...body, seq: events.length + 1, atMs, cause: events.length });
  };
  add(0, { kind: 'mission.started', mission: 'lead-4711', team: 'sales-naive', pins: {} });
  for (const [index, agent] of agents.entries()) {
    const call = `m${index}`;
    const called = {
      version: 1,
      assignment: `a${index}`,
      attempt: 1,
      key: `k${index}`,
      contextVersion: 1,
      epoch: 1,
    };
    add(4, { kind: 'agent.started', agent, version: 1, assignment: `a${index}`, visit: 1 });
    add(2, {
      kind: 'model.called',
      call,
      agent,
      model: 'gpt-4o',
      turn: 1,
      slice: null,
      feedback: [],
      ...called,
    });
    if (agent === 'researcher') {
      add(1, {
        kind: 'tool.called',
        call: 't1',
        agent,
        tool: 'search-news',
        arguments: { company: 'Acme <b>GmbH</b>' },
        effect: 'pure',
        scope: 'news',
        credential: null,
        approval: null,
        ...called,
      });
      add(840, {
        kind: 'tool.returned',
        call: 't1',
        agent,
        tool: 'search-news',
        result: { hits: 3, newest: '2025-09-12' },
      });
    }
    if (agent === 'closer') break;
    add(700 + 90 * index, {
      kind: 'model.answered',
      call,
      agent,
      content: '{"confidence":0.86}',
      toolCalls: [],
      finishReason: 'stop',
      usage: { inputTokens: 640, outputTokens: 120 },
    });
    const to = agents[index + 1] ?? 'end';
    const handoff = { handoff: `h${index}`, from: agent, to, payload: { lead_id: 4711 } };
    add(3, {
      kind: 'handoff.sent',
      call: `hc${index}`,
      attempt: 1,
      confidence: 0.86,
      contextVersion: 2,
      tokens: 760,
      ...handoff,
    });
    add(1, { kind: 'handoff.received', ...handoff });
  }
  add(1, { kind: 'approval.asked', call: 'p1', agent: 'closer', name: 'send-contract' });
  add(1, {
    kind: 'fault.fired',
    injection: 0,
    fault: 'approval.absent',
    crossing: 'approval/request/closer/send-contract#1',
    agent: 'closer',
    delayMs: 0,
  });
  add(3_600_000, { kind: 'approval.expired', request: 'p1', agent: 'closer' });
  add(5, {
    kind: 'tool.applied',
    tool: 'send-contract',
    key: 'c1',
    effect: 'once',
    arguments: { to: 'wrong@acme.example' },
  });
  add(2, {
    kind: 'finding',
    invariant: 'S7',
    held: false,
    detail: 'contract sent without approval',
    times: 1,
  });
  add(1, { kind: 'run.stopped', why: 'ended', detail: '', pending: 0, live: 0 });
  return compactTrace({ events, startedAtMs: 1_760_000_000_000 });
}
