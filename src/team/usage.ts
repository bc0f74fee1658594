// Token usage of one model call, and its price.

/** Whole tokens, as the provider bills them. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Input and output together. */
export function totalTokens(usage: Usage): number {
  return usage.inputTokens + usage.outputTokens;
}
