// Scopes at work: whether a crossing is one that an injection has to do with.
import type { Crossing } from './crossing.ts';
import type { Scope } from './plan.ts';

/** A test for crossings of one layer and phase; null when every one of them is in scope. Absent lists allow all. */
export function compileScope(scope: Scope | undefined): ((crossing: Crossing) => boolean) | null {
  if (scope === undefined) return null;
  const agents = scope.agents && new Set(scope.agents);
  const tools = scope.tools && new Set(scope.tools);
  const edges = scope.edges && new Set(scope.edges);
  if (agents === undefined && tools === undefined && edges === undefined) return null;
  return (crossing) =>
    (agents === undefined || agents.has(crossing.agent)) &&
    (tools === undefined || (crossing.layer === 'tool' && tools.has(crossing.subject))) &&
    (edges === undefined || (crossing.layer === 'handoff' && edges.has(crossing.subject)));
}
