// Loops in a finished trace: the same call, the same answer or the same exchange again and again, to no effect.
import { canonicalJson } from '../base/canonical.ts';
import { totalTokens } from '../team/usage.ts';
import type { TraceEvent, TraceEventOf } from '../trace/event.ts';
import type { Trace } from '../trace/trace.ts';

/**
 * `period`: how many calls, answers or handoffs of these agents lie between one repetition and the next. `tokens`: what
 * these agents were billed from the first repetition to the last.
 */
export interface LoopFinding {
  readonly kind: 'repeatedCall' | 'repeatedAnswer' | 'exchange';
  readonly agents: readonly string[];
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly period: number;
  readonly repetitions: number;
  readonly tokens: number;
}

const REPETITIONS_MIN = 3;

/**
 * Three kinds: one agent makes the same tool call with the same result, or gives the same answer within one assignment,
 * or two agents pass unchanged payloads back and forth; each at least three times. Second tries of a call that failed
 * and calls dispatched again after a crash are no repetitions, and neither is a walk over changing arguments.
 */
export function findLoops(trace: Trace): readonly LoopFinding[] {
  return [...repeatedCalls(trace), ...repeatedAnswers(trace), ...exchanges(trace)].sort(
    (one, other) => one.firstSeq - other.firstSeq,
  );
}

/** One thing that an agent did, and `what` it was, as a text to compare. */
interface Act {
  readonly agent: string;
  readonly what: string;
  readonly event: TraceEvent;
}

function repeatedCalls(trace: Trace): readonly LoopFinding[] {
  const results = resultsByCall(trace);
  const seen = new Set<string>();
  const acts: Act[] = [];
  for (const event of trace.events) {
    if (event.kind !== 'tool.called' || event.attempt > 1 || seen.has(event.call)) continue;
    seen.add(event.call);
    const result = results.get(event.call);
    if (result === undefined) continue;
    const what = `${event.tool} ${canonicalJson(event.arguments)} ${result}`;
    acts.push({ agent: event.agent, what, event });
  }
  return repetitions(trace, 'repeatedCall', acts);
}

function resultsByCall(trace: Trace): ReadonlyMap<string, string> {
  const results = new Map<string, string>();
  for (const event of trace.events) {
    if (event.kind === 'tool.returned') results.set(event.call, canonicalJson(event.result));
    else if (event.kind === 'tool.failed') results.set(event.call, `failed: ${event.message}`);
  }
  return results;
}

function repeatedAnswers(trace: Trace): readonly LoopFinding[] {
  const assignments = new Map<string, string | null>();
  const seen = new Set<string>(unused(trace));
  const acts: Act[] = [];
  for (const event of trace.events) {
    if (event.kind === 'model.called') assignments.set(event.call, event.assignment);
    if (event.kind !== 'model.answered' || event.toolCalls.length > 0 || seen.has(event.call)) continue;
    seen.add(event.call);
    acts.push({ agent: event.agent, what: `${assignments.get(event.call) ?? ''} ${event.content}`, event });
  }
  return repetitions(trace, 'repeatedAnswer', acts);
}

/** Answers that a steward did not take, because they came late: nobody acted on them. */
function* unused(trace: Trace): Generator<string> {
  if (trace.team === null) return;
  const taken = new Set<string>();
  for (const event of trace.events) if (event.kind === 'answer.accepted') taken.add(event.command);
  for (const event of trace.events)
    if (event.kind === 'model.answered' && !taken.has(event.call)) yield event.call;
}

/** Groups what each agent did; `place` counts its acts, so that the distance of two of them is the period. */
function repetitions(trace: Trace, kind: LoopFinding['kind'], acts: readonly Act[]): readonly LoopFinding[] {
  const groups = new Map<string, (Act & { readonly place: number })[]>();
  const places = new Map<string, number>();
  for (const act of acts) {
    const place = (places.get(act.agent) ?? 0) + 1;
    places.set(act.agent, place);
    const key = `${act.agent}\n${act.what}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ ...act, place }]);
    else group.push({ ...act, place });
  }
  const loops: LoopFinding[] = [];
  for (const group of groups.values()) {
    const [first, second, last] = [group[0], group[1], group.at(-1)];
    if (first === undefined || second === undefined || last === undefined || group.length < REPETITIONS_MIN)
      continue;
    const span = { first: first.event, last: last.event, period: second.place - first.place };
    loops.push(finding(trace, { ...span, kind, agents: [first.agent], repetitions: group.length }));
  }
  return loops;
}

type Sent = TraceEventOf<'handoff.sent'>;

/** Follows each pair of agents; a run of handoffs breaks where the direction or a payload changes. */
function exchanges(trace: Trace): readonly LoopFinding[] {
  const runs = new Map<string, Sent[]>();
  const seen = new Set<string>();
  const loops: LoopFinding[] = [];
  for (const event of trace.events) {
    if (event.kind !== 'handoff.sent' || event.from === event.to || seen.has(event.handoff)) continue;
    seen.add(event.handoff);
    const pair = event.from < event.to ? `${event.from} ${event.to}` : `${event.to} ${event.from}`;
    const run = runs.get(pair) ?? [];
    if (!goesOn(run, event)) loops.push(...exchange(trace, run.splice(0)));
    run.push(event);
    runs.set(pair, run);
  }
  for (const run of runs.values()) loops.push(...exchange(trace, run));
  return loops;
}

function goesOn(run: readonly Sent[], event: Sent): boolean {
  const [last, before] = [run.at(-1), run.at(-2)];
  if (last === undefined) return true;
  if (last.from !== event.to || last.to !== event.from) return false;
  return before === undefined || canonicalJson(before.payload) === canonicalJson(event.payload);
}

function exchange(trace: Trace, run: readonly Sent[]): readonly LoopFinding[] {
  const rounds = Math.floor(run.length / 2);
  const [first, last] = [run[0], run.at(-1)];
  if (rounds < REPETITIONS_MIN || first === undefined || last === undefined) return [];
  const agents = [first.from, first.to];
  return [finding(trace, { kind: 'exchange', agents, first, last, period: 2, repetitions: rounds })];
}

function finding(
  trace: Trace,
  loop: Pick<LoopFinding, 'kind' | 'agents' | 'period' | 'repetitions'> & {
    readonly first: TraceEvent;
    readonly last: TraceEvent;
  },
): LoopFinding {
  const { first, last, ...rest } = loop;
  let tokens = 0;
  for (const event of trace.events) {
    if (event.kind !== 'model.answered' || event.seq < first.seq || event.seq > last.seq) continue;
    if (rest.agents.includes(event.agent)) tokens += totalTokens(event.usage);
  }
  return { ...rest, firstSeq: first.seq, lastSeq: last.seq, tokens };
}
