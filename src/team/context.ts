// Mission context: the shared, versioned single source of truth; here its keys and how writes to them merge.
import type { Json } from '../base/json.ts';

/**
 * What happens when an agent writes a key that moved since the agent read it:
 * `reject` sends the agent back to work on a fresh slice; `append` and `union` join lists; `add` sums numbers;
 * `ownerOnly` accepts the owner's write alone; `lastWriterWins` overwrites.
 */
export type MergePolicy = 'reject' | 'append' | 'union' | 'add' | 'ownerOnly' | 'lastWriterWins';

export interface ContextKeyDefinition {
  readonly merge: MergePolicy;
  /** The agent whose write counts under `ownerOnly`. */
  readonly owner?: string;
  /** A constraint reaches every agent, whether or not the agent asked to read it. */
  readonly constraint: boolean;
}

/** One key's value with its provenance. `version` is the context version whose commit wrote it. */
export interface ContextEntry {
  readonly value: Json;
  readonly version: number;
  readonly by: string;
  readonly atMs: number;
}
