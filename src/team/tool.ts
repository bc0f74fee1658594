// Tools: what an agent may do to the world, and what may be done when the reply is lost.

/**
 * `pure` reads and may run again; `idempotent` honours its key; `once` does neither, so a lost reply leaves it in
 * doubt until it is probed or a person decides.
 */
export type Effect = 'pure' | 'idempotent' | 'once';

export interface ToolDefinition {
  readonly name: string;
  readonly effect: Effect;
  /** The credential scope that a call needs. */
  readonly scope: string;
  /** The approval gate that must be passed before a call; none for everyday tools. */
  readonly approval?: string;
  readonly timeoutMs: number;
  readonly attemptsMax: number;
  /** Results of a pure tool are kept as facts for this long and served again; 0 keeps none. */
  readonly factMs: number;
  /** Whether the tool can say afterwards if a key was applied. */
  readonly probe: boolean;
}
