// Conditions on what is crossed: whether an agent, tool, edge and record can be all that a trigger and a scope ask for.
import type { CrossingLayer } from './crossing.ts';
import type { Scope } from './plan.ts';
import type { SubjectLiteral } from './trigger-alternatives.ts';

/** Names that are still possible; null stands for any. */
type Allowed = ReadonlySet<string> | null;

const layerOf: Readonly<Record<Exclude<SubjectLiteral['field'], 'agent'>, CrossingLayer>> = {
  tool: 'tool',
  edge: 'handoff',
  record: 'process',
};

/** Why no crossing of the layer and scope meets all the conditions, in words; null when one may. */
export function subjectConflict(
  literals: readonly SubjectLiteral[],
  layer: CrossingLayer,
  scope: Scope | undefined,
): string | null {
  const agents = narrow(layer === 'process' ? ['steward'] : undefined, scope?.agents);
  if (agents?.size === 0) return 'the process is the steward, and no agent of the scope';
  return (
    fieldConflict('agent', { literals, allowed: agents, layer }) ??
    fieldConflict('tool', { literals, allowed: narrow(scope?.tools, undefined), layer }) ??
    fieldConflict('edge', { literals, allowed: narrow(scope?.edges, undefined), layer }) ??
    fieldConflict('record', { literals, allowed: null, layer }) ??
    senderConflict(literals, agents, scope?.edges)
  );
}

interface Field {
  readonly literals: readonly SubjectLiteral[];
  readonly allowed: Allowed;
  readonly layer: CrossingLayer;
}

function fieldConflict(field: SubjectLiteral['field'], { literals, allowed, layer }: Field): string | null {
  const own = literals.filter((literal) => literal.field === field);
  const positive = own.filter((literal) => literal.is).map((literal) => literal.name);
  if (field !== 'agent' && layerOf[field] !== layer) {
    const asks = positive.length > 0 || allowed !== null;
    return asks ? `a crossing of the ${layer} layer has no ${field}` : null;
  }
  const left = remaining(own, allowed);
  if (left === null || left.size > 0) return null;
  const asked = own.map((literal) => `${literal.is ? '' : 'not '}'${literal.name}'`).join(' and ');
  const within = allowed === null ? '' : ` within ${[...allowed].join(', ')}`;
  return `no ${field} is ${own.length > 1 ? 'at once ' : ''}${asked}${within}`;
}

function remaining(literals: readonly SubjectLiteral[], allowed: Allowed): Allowed {
  let left = allowed;
  for (const { name } of literals.filter((literal) => literal.is)) left = narrow([name], left ?? undefined);
  if (left === null) return null;
  const excluded = new Set(literals.filter((literal) => !literal.is).map((literal) => literal.name));
  return new Set([...left].filter((name) => !excluded.has(name)));
}

/** The agent of a handoff is its sender, so an edge that must be crossed says who the agent is. */
function senderConflict(
  literals: readonly SubjectLiteral[],
  agents: Allowed,
  scoped: readonly string[] | undefined,
): string | null {
  const ofEdges = literals.filter((literal) => literal.field === 'edge');
  const edges = remaining(ofEdges, narrow(scoped, undefined));
  if (edges === null) return null;
  const ofAgents = literals.filter((literal) => literal.field === 'agent');
  const isPossible = (edge: string): boolean =>
    remaining(ofAgents, narrow([senderOf(edge)], agents ?? undefined))?.size !== 0;
  if ([...edges].some(isPossible)) return null;
  return `the sender of ${[...edges].join(', ')} is not the agent that is asked for`;
}

function senderOf(edge: string): string {
  return edge.slice(0, edge.indexOf('->'));
}

function narrow(one: Iterable<string> | undefined, other: Iterable<string> | undefined): Allowed {
  if (one === undefined) return other === undefined ? null : new Set(other);
  if (other === undefined) return new Set(one);
  const allowed = new Set(other);
  return new Set([...one].filter((name) => allowed.has(name)));
}
