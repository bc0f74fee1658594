// Paraphrase: the same content in another text, so that a repetition is not found by comparing letters.
import { isJsonObject } from '../../base/json.ts';

const openings = ['Let me ', 'Now I will ', 'Next, I am going to ', 'To move on, I '];

/** Prose gets another opening; a JSON object keeps its meaning and gets its keys in another order. */
export function paraphrase(content: string, draw: number): string {
  const value = parsed(content);
  if (isJsonObject(value))
    return JSON.stringify(Object.fromEntries(Object.entries(value).reverse()), null, 1);
  const opening = openings[Math.floor(draw * openings.length)] ?? '';
  return content === '' ? opening.trim() : `${opening}${content.charAt(0).toLowerCase()}${content.slice(1)}`;
}

function parsed(content: string): unknown {
  if (!content.trimStart().startsWith('{')) return null;
  try {
    return JSON.parse(content) as unknown;
  } catch (error) {
    // Braces without JSON in them are prose.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
