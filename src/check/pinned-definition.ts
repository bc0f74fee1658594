// The definition that an agent worked by: the team's own, or one that was published while the mission ran.
import type { AgentDefinition } from '../team/agent.ts';
import type { Trace } from '../trace/trace.ts';

/** The agent's contract at a version; null where the trace does not know it. */
export function definitionAt(trace: Trace, agent: string, version: number | null): AgentDefinition | null {
  const own = trace.team?.agents[agent];
  if (own !== undefined && (version === null || own.version === version)) return own;
  return trace.state?.published[agent]?.[version ?? 0] ?? null;
}
