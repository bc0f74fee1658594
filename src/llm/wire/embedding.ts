// Embeddings: the vectors of an answer, or such as follow from the texts where it holds none.
import { createRandom } from '../../base/random.ts';
import type { WireCall } from './codec.ts';
import type { Answer } from '../../team/ask.ts';

const usualDimensions = 1536;

/**
 * One vector for each message. An answer that holds fewer repeats its last; one that holds none is given unit vectors
 * drawn from the texts: equal texts have equal vectors, under every seed. Shapes: messages x dimensions.
 */
export function embeddingsOf(
  { messages }: WireCall,
  { embeddings = [] }: Answer,
  dimensions: number | null,
): readonly (readonly number[])[] {
  return messages.map(
    ({ content }, index) =>
      embeddings[index] ?? embeddings.at(-1) ?? unitVector(content, dimensions ?? usualDimensions),
  );
}

/** Length 1; single precision, as it travels. */
function unitVector(text: string, dimensions: number): readonly number[] {
  const random = createRandom(0, 'embedding', text);
  const draws = Array.from({ length: dimensions }, () => random.next() * 2 - 1);
  const length = Math.hypot(...draws) || 1;
  return draws.map((draw) => Math.fround(draw / length));
}

/** Little-endian single-precision floats in base64, as OpenAI's clients ask for them. */
export function base64OfVector(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes.toString('base64');
}

export function vectorOfBase64(text: string): readonly number[] {
  const bytes = Buffer.from(text, 'base64');
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => bytes.readFloatLE(index * 4));
}
