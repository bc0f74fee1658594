// Token usage of one model call, and its price.

/** Whole tokens, as the provider bills them. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export const noUsage: Usage = { inputTokens: 0, outputTokens: 0 };

/** Input and output together. */
export function totalTokens(usage: Usage): number {
  return usage.inputTokens + usage.outputTokens;
}

export function addUsage(one: Usage, other: Usage): Usage {
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
  };
}
