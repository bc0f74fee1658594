// Approval gates: which people may release a high-stakes action, and for how long a question stays open.

export interface ApprovalDefinition {
  readonly approvers: readonly string[];
  readonly expiresMs: number;
  /** Who is asked when nobody answered in time; an empty list ends the mission as escalated. */
  readonly escalateTo: readonly string[];
}
