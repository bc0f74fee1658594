// The tool edge: a team's calls to the services behind its tools, as crossings: bent, done by the double, told in the trace.
import type { Json, JsonObject } from '../base/json.ts';
import { createRandom } from '../base/random.ts';
import type { NowOrLater } from '../base/now-or-later.ts';
import type { ToolOutcome } from '../chaos/outcome.ts';
import { agentHeader } from '../llm/attribution.ts';
import type { Handled, WireHandler } from '../llm/traffic/wire-traffic.ts';
import { jsonReply, type WireReply } from '../llm/wire/wire-reply.ts';
import type { HttpWorld } from './http-world.ts';
import type { LastSpeaker } from './last-speaker.ts';
import { routeRequest } from './route-request.ts';
import type { RouteRequest, ToolRoute } from './route.ts';
import { compileUrlPattern } from './url-pattern.ts';
import { fingerprint } from '../base/fingerprint.ts';
import { paceMs } from '../engine/world/world.ts';

export interface ToolEdgeParts {
  readonly world: HttpWorld;
  readonly route: ToolRoute;
  readonly speaker: LastSpeaker;
}

/** One use of a tool. A key that the caller sent (`idempotency-key`) names it; else agent, tool and arguments do. */
interface Use {
  readonly call: string;
  readonly agent: string;
  readonly args: JsonObject;
  readonly key: string;
  readonly attempt: number;
  readonly cause: number;
}

export function toolEdge(parts: ToolEdgeParts): WireHandler {
  const { route } = parts;
  const pattern = compileUrlPattern(route.url);
  const failures = new Map<string, number>();
  const applied = new Map<string, Json>();
  return (request) => {
    const path = request.method === route.method ? pattern(request.url) : null;
    return path === null ? null : useTool(parts, { request: routeRequest(request, path), failures, applied });
  };
}

interface Asked {
  readonly request: RouteRequest;
  /** Attempts that failed in a row, by key. */
  readonly failures: Map<string, number>;
  /** Results by key: what took effect. */
  readonly applied: Map<string, Json>;
}

async function useTool(parts: ToolEdgeParts, asked: Asked): Promise<Handled> {
  const { world, route } = parts;
  const { failures } = asked;
  const use = startUse(parts, asked);
  const { call, agent, key, attempt, cause } = use;
  const usualMs = paceMs(world, 'toolMs', `${key}/${attempt}`);
  const { outcome, felt } = await world.touch<'tool'>({
    crossing: { layer: 'tool', agent, subject: route.tool, attempt },
    cause,
    usualMs,
    real: () => run(parts, asked, { use, afterMs: usualMs }),
  });
  const failed = (message: string): void => {
    failures.set(key, attempt);
    world.log({ kind: 'tool.failed', call, agent, tool: route.tool, message }, cause);
  };
  return {
    reply: replyOf(outcome),
    moments: felt,
    abandoned: () => failed('the caller gave up'),
    delivered: () => {
      if (outcome.kind === 'silent') return;
      if (outcome.kind === 'failed') return failed(outcome.message);
      failures.delete(key);
      world.log({ kind: 'tool.returned', call, agent, tool: route.tool, result: outcome.result }, cause);
    },
  };
}

function startUse({ world, route, speaker }: ToolEdgeParts, { request, failures }: Asked): Use {
  const args = route.arguments?.(request) ?? allArguments(request);
  const agent = route.agent?.(request) ?? request.headers.get(agentHeader) ?? speaker.of(route.tool);
  const key = request.headers.get('idempotency-key') ?? `${agent}:${route.tool}:${fingerprint(args)}`;
  const attempt = (failures.get(key) ?? 0) + 1;
  const call = world.nextCall();
  const cause = world.log({
    kind: 'tool.called',
    call,
    agent,
    version: null,
    assignment: null,
    tool: route.tool,
    arguments: args,
    effect: route.effect ?? null,
    attempt,
    key,
    scope: null,
    credential: null,
    approval: null,
    contextVersion: null,
    epoch: 1,
  });
  return { call, agent, args, key, attempt, cause };
}

/** Numbers in paths and queries arrive as texts, and stay texts. */
function allArguments({ path, url, body }: RouteRequest): JsonObject {
  return { ...path, ...Object.fromEntries(url.searchParams), ...body };
}

/** A service that honours keys answers a key that it knows with what it did then. */
async function run(
  { world, route }: ToolEdgeParts,
  { request, applied }: Asked,
  { use, afterMs }: { readonly use: Use; readonly afterMs: number },
): Promise<ToolOutcome> {
  const { agent, args, key, cause } = use;
  const known =
    request.headers.has('idempotency-key') && route.effect === 'idempotent' ? applied.get(key) : undefined;
  if (known !== undefined) return { kind: 'returned', result: known, afterMs };
  const double = world.doubles.tools[route.tool];
  if (double === undefined)
    return { ...failure(`no double stands in for ${route.tool}`), status: 501, afterMs };
  try {
    const result = await (double({
      agent,
      tool: route.tool,
      arguments: args,
      key,
      atMs: world.time.now(),
      random: createRandom(world.seed, 'tool', key),
      store: world.store,
    }) satisfies NowOrLater<Json>);
    applied.set(key, result);
    const effect = route.effect ?? null;
    if (effect !== 'pure')
      world.log({ kind: 'tool.applied', tool: route.tool, key, effect, arguments: args }, cause);
    return { kind: 'returned', result, afterMs };
  } catch (error) {
    // A tool that throws has failed: that is data for the team.
    return { ...failure(error instanceof Error ? error.message : String(error)), status: 422, afterMs };
  }
}

function failure(message: string) {
  return { kind: 'failed', message, retryable: false, applied: 'no' } as const;
}

function replyOf(outcome: ToolOutcome): WireReply {
  switch (outcome.kind) {
    case 'returned':
      return jsonReply(200, outcome.result, outcome.afterMs);
    case 'silent':
      return { kind: 'silent' };
    case 'failed':
      return outcome.status === 0
        ? {
            kind: 'broken',
            afterMs: outcome.afterMs,
            how: brokenHow(outcome.message),
            message: outcome.message,
          }
        : jsonReply(outcome.status, { error: outcome.message }, outcome.afterMs);
  }
}

function brokenHow(message: string): 'timeout' | 'reset' {
  return /time|gave up/i.test(message) ? 'timeout' : 'reset';
}
