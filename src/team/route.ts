// Routes: who hands to whom. Sequences and routers are shorthand for a graph.
import type { Json } from '../base/json.ts';

/** A condition on the sender's payload: the field equals, or does not equal, a value. */
export interface RouteCondition {
  readonly field: string;
  readonly is: 'equal' | 'different';
  readonly value: Json;
}

export interface RouteEdge {
  readonly from: string;
  readonly to: string;
  readonly when?: RouteCondition;
}

/** `graph`: edges decide, all that match fire. `router`: one agent names who is next, and gets every result back. */
export type RouteDefinition =
  | { readonly kind: 'graph'; readonly start: readonly string[]; readonly edges: readonly RouteEdge[] }
  | { readonly kind: 'router'; readonly router: string; readonly agents: readonly string[] };
