// One run of a child: a gateway of its own, the process group, and the trace of both.
import type { JsonObject } from '../base/json.ts';
import { MusterError } from '../base/muster-error.ts';
import type { RunPlan } from '../engine/run.ts';
import { startGateway, type Gateway } from '../gateway/gateway.ts';
import type { GatewayRun } from '../gateway/gateway-run.ts';
import type { RepeatedAsks } from '../llm/ask-book.ts';
import type { Attribution } from '../llm/attribution.ts';
import { begun, type ModelDouble } from '../llm/double.ts';
import type { HandoffSigns } from '../subject/handoff-sign.ts';
import type { MissionEnd } from '../team/mission.ts';
import type { Trace } from '../trace/trace.ts';
import { childAnswer } from './child-answer.ts';
import { childEnvironment } from './child-environment.ts';
import { runGroup, type GroupEnd } from './process-group.ts';

/** All that a run needs, complete. */
export interface ChildRunParts {
  readonly name: string;
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly agents: readonly string[];
  readonly model: ModelDouble;
  readonly attribution: Attribution;
  readonly handoffs: HandoffSigns;
  readonly repeatedAsks: RepeatedAsks;
  readonly timeoutMs: number;
  readonly graceMs: number;
  readonly timeScale: number;
  readonly endOf: (result: JsonObject) => { readonly end: MissionEnd; readonly reason: string };
}

/** The name of the run at its gateway, which serves no other. */
const runName = 'trial';
/** The trace of one run is kept whole: one that grows beyond this goes round in circles. */
const limits = { eventsMax: 200_000, traceCharsMax: 256 * 1024 * 1024, runsMax: 2 };

/** Trouble of the team is in the trace. Throws the user's mistakes: a command that is not there, a call without a script. */
export async function runChild(parts: ChildRunParts, plan: RunPlan): Promise<Trace> {
  const trouble: { first: Error | null } = { first: null };
  const note = (error: unknown): void =>
    void (trouble.first ??= error instanceof Error ? error : new Error(String(error)));
  const gateway = await startGateway({ timeScale: parts.timeScale, limits, onDefect: note });
  try {
    const run = openRun(gateway, { parts, plan, note });
    run.log({ kind: 'mission.started', mission: plan.mission.id, team: parts.name, pins: {} });
    const ended = await runGroup(groupOf(parts, plan, gateway));
    if (trouble.first !== null) throw trouble.first;
    return traceOf(parts, run, ended);
  } finally {
    await gateway.close();
  }
}

interface Opening {
  readonly parts: ChildRunParts;
  readonly plan: RunPlan;
  readonly note: (mistake: unknown) => void;
}

function openRun(gateway: Gateway, { parts, plan, note }: Opening): GatewayRun {
  const { agents, attribution, handoffs, repeatedAsks } = parts;
  return gateway.openRun(runName, {
    model: attentive(begun(parts.model), note),
    seed: plan.seed,
    agents,
    attribution,
    handoffs,
    repeatedAsks,
    chaos: plan.chaos,
    mission: plan.mission,
  });
}

/** The child is refused what the user forgot to script, and may hide it; the run is worth nothing all the same. */
function attentive(model: ModelDouble, note: (mistake: unknown) => void): ModelDouble {
  const noted = (error: unknown): never => {
    if (error instanceof MusterError) note(error);
    throw error;
  };
  return {
    name: model.name,
    answer: (ask, random, request) => {
      try {
        const said = model.answer(ask, random, request);
        return said instanceof Promise ? said.catch(noted) : said;
      } catch (error) {
        return noted(error);
      }
    },
    missed: (ask) => model.missed?.(ask),
    divergence: (ask, request) => model.divergence?.(ask, request) ?? null,
  };
}

function groupOf(parts: ChildRunParts, plan: RunPlan, gateway: Gateway) {
  const { words, cwd, env, timeoutMs, graceMs } = parts;
  const mission = JSON.stringify(plan.mission);
  const urls = gateway.urls(runName);
  return {
    words,
    cwd,
    environment: childEnvironment({ urls, run: runName, seed: plan.seed, mission, added: env }),
    stdin: `${mission}\n`,
    timeoutMs: Math.min(timeoutMs, plan.horizonMs),
    graceMs,
  };
}

function traceOf(parts: ChildRunParts, run: GatewayRun, ended: GroupEnd): Trace {
  const { stdout, stderr, how } = ended;
  const said = stderr.text().trim();
  if (said !== '') {
    const cut = stderr.dropped === 0 ? '' : `(${stderr.dropped} bytes before this were dropped)\n`;
    run.log({ kind: 'message.said', agent: 'stderr', to: null, role: 'environment', content: cut + said });
  }
  const answer = how.kind === 'exited' && how.code === 0 ? childAnswer(stdout.text()) : null;
  logEnd(parts, run, { how, said, answer });
  return { ...run.trace(), subject: parts.name, result: answer, clock: 'wall' };
}

interface ChildEnd {
  readonly how: GroupEnd['how'];
  readonly said: string;
  readonly answer: JsonObject | null;
}

function logEnd({ endOf, timeoutMs }: ChildRunParts, run: GatewayRun, { how, said, answer }: ChildEnd): void {
  const stopped = { pending: 0, live: 0 } as const;
  if (how.kind === 'timedOut') {
    const detail = `no end within ${timeoutMs / 1000} s; the process group was killed`;
    run.log({ kind: 'run.stopped', why: 'horizon', detail, ...stopped });
    return;
  }
  if (run.droppedEvents > 0) {
    const detail = `${run.droppedEvents} events more than can be kept`;
    run.log({ kind: 'run.stopped', why: 'eventsMax', detail, ...stopped });
    return;
  }
  const { end, reason } = answer === null ? failed(how, said) : endOf(answer);
  run.log({ kind: 'mission.ended', end, reason, contextVersion: 0, context: {} });
  run.log({ kind: 'run.stopped', why: 'ended', detail: '', ...stopped });
}

const lineCharsMax = 300;

function failed(how: GroupEnd['how'], said: string): { readonly end: 'failed'; readonly reason: string } {
  const last = said.slice(said.lastIndexOf('\n') + 1).slice(0, lineCharsMax);
  const words = last === '' ? 'it said nothing on stderr' : last;
  if (how.kind === 'killed') return { end: 'failed', reason: `killed by ${how.signal}: ${words}` };
  if (how.kind === 'exited' && how.code !== 0)
    return { end: 'failed', reason: `exit code ${how.code}: ${words}` };
  const reason =
    'exit code 0, and nothing on stdout: a team prints its answer there, as text or as one line of JSON';
  return { end: 'failed', reason };
}
