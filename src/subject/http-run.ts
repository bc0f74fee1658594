// One run of a team that works over HTTP: virtual time, interception, the team itself, and the trace of it all.
import { isJsonObject, type JsonObject } from '../base/json.ts';
import { createRandom } from '../base/random.ts';
import { inVirtualTime, type Passing, type VirtualTime } from '../base/virtual-time.ts';
import type { RunPlan } from '../engine/run.ts';
import { missionStartMs } from '../engine/world/start-time.ts';
import type { RepeatedAsks } from '../llm/ask-book.ts';
import type { Attribution } from '../llm/attribution.ts';
import type { Doubles } from '../llm/double.ts';
import type { Interception } from '../llm/traffic/intercept.ts';
import type { WireHandler } from '../llm/traffic/wire-traffic.ts';
import type { Mission, MissionEnd } from '../team/mission.ts';
import type { Trace } from '../trace/trace.ts';
import { approvalEdge } from './approval-edge.ts';
import { handoffEdge } from './handoff-edge.ts';
import type { HandoffSigns } from './handoff-sign.ts';
import { HttpWorld } from './http-world.ts';
import { LastSpeaker } from './last-speaker.ts';
import { modelEdge } from './model-edge.ts';
import type { Route } from './route.ts';
import { TeamWatch } from './team-watch.ts';
import { toolEdge } from './tool-edge.ts';

/** What a team may be told of its surroundings; a team that knows them by itself needs none of it. */
export interface TeamPorts {
  /** Base URL of the first provider; any key will do. */
  readonly provider: string;
  readonly apiKey: string;
  readonly seed: number;
}

/** All that a run needs, complete. */
export interface HttpRunParts {
  readonly name: string;
  readonly agents: readonly string[];
  readonly tools: readonly string[];
  readonly run: (mission: Mission, ports: TeamPorts) => Promise<unknown>;
  readonly doubles: Doubles;
  readonly providers: readonly string[];
  readonly attribution: Attribution;
  readonly routes: readonly Route[];
  readonly handoffs: HandoffSigns;
  readonly repeatedAsks: RepeatedAsks;
  readonly endOf: (result: JsonObject | null) => { readonly end: MissionEnd; readonly reason: string };
}

/** No word that anybody says: a key is taken out of whatever is recorded. */
const offlineKey = 'passmuster-offline-key';

/** What a run has come to, while it goes on. */
interface Progress {
  ended:
    | { readonly kind: 'returned'; readonly value: unknown }
    | { readonly kind: 'threw'; readonly error: unknown }
    | null;
  /** The harness's or the user's mistake: the run is worth nothing. */
  broken: { readonly error: unknown } | null;
}

export async function runHttp(parts: HttpRunParts, plan: RunPlan): Promise<Trace> {
  // What intercepts takes its time to load, and most teams do without; in virtual time nothing is loaded.
  const { intercept } = await import('../llm/traffic/intercept.ts');
  const progress: Progress = { ended: null, broken: null };
  return inVirtualTime(
    {
      startMs: missionStartMs,
      random: createRandom(plan.seed, 'process'),
      onStrayError: (error) => (progress.ended ??= { kind: 'threw', error }),
    },
    async (time) => {
      const world = new HttpWorld({ plan, agents: parts.agents, doubles: parts.doubles, time });
      const interception = intercept({
        time,
        handlers: handlersOf(parts, world),
        onError: (error) => (progress.broken ??= { error }),
      });
      try {
        world.log({ kind: 'mission.started', mission: plan.mission.id, team: parts.name, pins: {} });
        start(parts, plan, progress);
        const done = (): boolean => progress.ended !== null || progress.broken !== null;
        const passing = await time.pass({ done, horizonMs: plan.horizonMs });
        if (progress.broken !== null) throw progress.broken.error;
        return traceOf(parts, { plan, world, progress, passing, interception, time });
      } finally {
        interception.stop();
      }
    },
  );
}

function start(parts: HttpRunParts, { mission, seed }: RunPlan, progress: Progress): void {
  const provider = parts.providers[0] ?? '';
  const team = async (): Promise<unknown> =>
    parts.run(structuredClone(mission), { provider, apiKey: offlineKey, seed });
  team().then(
    (value) => (progress.ended ??= { kind: 'returned', value }),
    (error: unknown) => (progress.ended ??= { kind: 'threw', error }),
  );
}

function handlersOf(parts: HttpRunParts, world: HttpWorld): readonly WireHandler[] {
  const speaker = new LastSpeaker();
  const routedTools = parts.routes.flatMap((route) => (route.kind === 'tool' ? [route.tool] : []));
  const team = new TeamWatch({ world, agents: parts.agents, signs: parts.handoffs, routedTools });
  const routes = parts.routes.map((route): WireHandler => {
    switch (route.kind) {
      case 'tool':
        return toolEdge({ world, route, speaker });
      case 'handoff':
        return handoffEdge({ world, route });
      case 'approval':
        return approvalEdge({ world, route, speaker });
    }
  });
  const { providers, attribution, repeatedAsks } = parts;
  const model = modelEdge({
    world,
    providers,
    attribution,
    repeatedAsks,
    watch: {
      calling: (ask) => team.calling(ask),
      called: (ask, cause) => team.called(ask, cause),
      bend: (ask, touched, cause) => team.bend(ask, touched, cause),
      answered: (ask, answer, cause) => {
        speaker.answered(ask, answer);
        team.answered(ask, answer, cause);
      },
    },
  });
  return [...routes, model];
}

interface Outcome {
  readonly plan: RunPlan;
  readonly world: HttpWorld;
  readonly progress: Progress;
  readonly passing: Passing;
  readonly interception: Interception;
  readonly time: VirtualTime;
}

function traceOf(parts: HttpRunParts, outcome: Outcome): Trace {
  const { plan, world, progress } = outcome;
  const returned = progress.ended?.kind === 'returned' ? progress.ended.value : null;
  const result = plainObject(returned);
  logEnd(parts, outcome, result);
  return {
    schemaVersion: 1,
    subject: parts.name,
    mission: plan.mission,
    team: null,
    seed: plan.seed,
    startedAtMs: missionStartMs,
    events: world.recorder.events,
    result,
    audit: null,
    state: null,
  };
}

function logEnd(
  parts: HttpRunParts,
  { world, progress, passing, interception, time }: Outcome,
  result: JsonObject | null,
): void {
  const pending = interception.inFlight();
  const live = time.waiting();
  const { ended } = progress;
  if (ended === null) {
    const why = passing === 'horizon' ? 'horizon' : 'stalled';
    world.log({ kind: 'run.stopped', why, detail: detailOf(why, pending), pending, live });
    return;
  }
  const { end, reason } =
    ended.kind === 'threw'
      ? ({ end: 'failed', reason: reasonOf(ended.error) } as const)
      : parts.endOf(result);
  world.log({ kind: 'mission.ended', end, reason, contextVersion: 0, context: {} });
  world.log({ kind: 'run.stopped', why: 'ended', detail: '', pending, live });
}

function detailOf(why: 'horizon' | 'stalled', pending: number): string {
  const waits =
    pending === 0 ? 'no request is open' : `${pending} ${pending === 1 ? 'request is' : 'requests are'} open`;
  return why === 'horizon' ? `the horizon was reached; ${waits}` : `nothing more can happen; ${waits}`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** The result as JSON has it; null for what is no object. */
function plainObject(value: unknown): JsonObject | null {
  if (typeof value === 'string') return { output: value };
  if (!isJsonObject(value)) return null;
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
