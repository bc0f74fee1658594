// The HTTP function: a team under test that is a function of its author's, working over HTTP, run in this process.
import { MusterError } from '../base/muster-error.ts';
import type { JsonObject } from '../base/json.ts';
import type { Subject } from '../engine/run.ts';
import { providerBases } from '../llm/wire/codecs.ts';
import type { RepeatedAsks } from '../llm/ask-book.ts';
import { usualAttribution, type Attribution } from '../llm/attribution.ts';
import type { Doubles } from '../llm/double.ts';
import type { Mission, MissionEnd } from '../team/mission.ts';
import type { Trace } from '../trace/trace.ts';
import type { HandoffSigns } from './handoff-sign.ts';
import { runHttp, type HttpRunParts, type TeamPorts } from './http-run.ts';
import type { Route } from './route.ts';

export interface HttpFunctionParts {
  readonly name: string;
  readonly agents: readonly string[];
  readonly tools?: readonly string[];
  /** The team. What it returns is its result; what it throws is its failure. Called once a run, in virtual time. */
  readonly run: (mission: Mission, ports: TeamPorts) => Promise<unknown>;
  readonly doubles: Doubles;
  /** Base URLs under which providers are called; absent: those of OpenAI, Anthropic and Gemini. */
  readonly providers?: readonly string[];
  /**
   * Tells whose a model call is when it has no header `x-muster-agent`; the first rule that fits counts. Absent: calls of
   * a team of one are its own, and those of any other team are unattributed, which the report says.
   */
  readonly attribution?: Attribution;
  readonly routes?: readonly Route[];
  /** Where handoffs show that go over no route; absent: `routes`. */
  readonly handoffs?: HandoffSigns;
  readonly repeatedAsks?: RepeatedAsks;
  /** How a result that was returned ends the mission; absent: done. */
  readonly endOf?: (result: JsonObject | null) => { readonly end: MissionEnd; readonly reason: string };
  /** Absent: the result. */
  readonly essence?: (trace: Trace) => unknown;
}

/**
 * Runs are one at a time in a process, because its timers and its network are one. `run` rejects with `MusterError`
 * for mistakes of the setup (INTERCEPT_UNHANDLED, SCRIPT_*, CASSETTE_MISS); trouble of the team is in the trace.
 */
export function httpFunction({ essence, ...given }: HttpFunctionParts): Subject {
  const parts: HttpRunParts = {
    tools: [],
    providers: providerBases,
    attribution: usualAttribution(given.agents),
    routes: [],
    handoffs: 'routes',
    repeatedAsks: 'sameAnswer',
    endOf: () => ({ end: 'done', reason: 'the team returned' }),
    ...given,
  };
  checkNames(parts);
  return {
    name: parts.name,
    agents: parts.agents,
    tools: parts.tools,
    run: async (plan) => runHttp(parts, plan),
    essence: essence ?? ((trace) => trace.result),
  };
}

function checkNames({ agents, attribution, name }: HttpRunParts): void {
  if (attribution === 'bySystemPrompt') return;
  for (const [index, rule] of attribution.entries()) {
    if (agents.includes(rule.agent)) continue;
    throw new MusterError({
      code: 'SUBJECT_UNKNOWN_AGENT',
      message: `an attribution rule names an agent that the team has not got; it has: ${agents.join(', ')}`,
      place: `${name}: attribution[${index}].agent`,
      value: rule.agent,
      hint: 'correct the name, or add the agent to agents',
    });
  }
}
