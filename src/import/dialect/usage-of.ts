// Token usage in any dialect.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { Usage } from '../../team/usage.ts';
import { firstNumber } from '../reading.ts';

const inputs = [
  'input_tokens',
  'prompt_tokens',
  'inputTokens',
  'promptTokens',
  'prompt_token_count',
  'promptTokenCount',
  'input',
];
const outputs = [
  'output_tokens',
  'completion_tokens',
  'outputTokens',
  'completionTokens',
  'candidates_token_count',
  'candidatesTokenCount',
  'output',
];
const wrappers = ['usage', 'usage_metadata', 'usageMetadata', 'token_usage', 'tokenUsage', 'llm_output'];

/** The usage that a record tells, itself or in one of the usual fields; null where it tells none. */
export function usageOf(value: Json | undefined): Usage | null {
  if (!isJsonObject(value)) return null;
  const usage = usageIn(value, inputs, outputs) ?? inWrapper(value);
  const cached = usage === null ? 0 : cachedBeside(value);
  if (usage === null || cached === 0) return usage;
  return { inputTokens: usage.inputTokens + cached, outputTokens: usage.outputTokens };
}

/** Anthropic counts what came from its cache, or went into it, beside the other input; everybody else within it. */
function cachedBeside(record: JsonObject): number {
  if (record['input_tokens'] === undefined || record['prompt_tokens'] !== undefined) return 0;
  const written = firstNumber(record, ['cache_creation_input_tokens']) ?? 0;
  return whole(written + (firstNumber(record, ['cache_read_input_tokens']) ?? 0));
}

function inWrapper(record: JsonObject): Usage | null {
  for (const key of wrappers) {
    const usage = usageOf(record[key]);
    if (usage !== null) return usage;
  }
  return null;
}

/** The first of each list of fields that holds a number; one alone counts with zero for the other. */
export function usageIn(
  record: JsonObject,
  inputKeys: readonly string[],
  outputKeys: readonly string[],
): Usage | null {
  const inputTokens = firstNumber(record, inputKeys);
  const outputTokens = firstNumber(record, outputKeys);
  if (inputTokens === null && outputTokens === null) return null;
  return { inputTokens: whole(inputTokens), outputTokens: whole(outputTokens) };
}

function whole(tokens: number | null): number {
  return Math.max(0, Math.round(tokens ?? 0));
}
