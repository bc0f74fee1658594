// Budgets: hard limits on tokens, cost and time, for one agent or a whole mission.

/**
 * Tokens are whole tokens, cost is in micro-dollars (1e-6 USD). Time is in milliseconds: a mission's since it started, an
 * agent's since it was given the work.
 */
export interface BudgetDefinition {
  readonly tokensMax: number;
  readonly costMicrosMax: number;
  readonly latencyMsMax: number;
  /** An alert is raised when this share (0 to 1) of a limit is used. */
  readonly alertAt: number;
}
