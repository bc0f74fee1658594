// The answer of a child: what it printed on stdout, as the result of its mission.
import { isJsonObject, type JsonObject } from '../base/json.ts';

/**
 * The last line that is a JSON object; where there is none, the whole text as `output`. Null: it printed nothing.
 * What comes before the answer, such as progress, does no harm.
 */
export function childAnswer(stdout: string): JsonObject | null {
  const text = stdout.trim();
  if (text === '') return null;
  for (const line of text.split('\n').reverse()) {
    const value = jsonObject(line.trim());
    if (value !== null) return value;
  }
  return jsonObject(text) ?? { output: text };
}

function jsonObject(text: string): JsonObject | null {
  if (!text.startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    // What a child prints is data.
    return null;
  }
}
