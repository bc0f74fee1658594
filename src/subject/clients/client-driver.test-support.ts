// A client driver: how one real client library is asked, and what it then says was answered, in the same words for all.
import type { Json, JsonObject } from '../../base/json.ts';

/** What a client is asked for. */
export interface Asking {
  readonly form: 'plain' | 'stream';
  readonly tools: 'none' | 'weather';
  readonly schema: JsonObject | null;
}

/** What a client says; members that it has nothing to say about are left out. */
export interface Seen {
  readonly text: string;
  readonly tools?: readonly { readonly name: string; readonly arguments: Json }[];
  readonly refusal?: string;
  readonly reasoning?: string;
  readonly finish?: string;
  /** Input and output tokens. */
  readonly usage?: readonly [number, number];
}

export interface ClientDriver {
  /** The library, and which of its doors. */
  readonly name: string;
  /** Its package, as `node_modules` has it. */
  readonly package: string;
  /** Requests that it makes, in all, where the provider goes on failing in a way that may pass. */
  readonly tries: number;
  /** Statuses that it never tries again, though others do; absent: none but 400 and 401. */
  readonly untried?: readonly number[];
  /** The class of its error for a status. */
  errorOf(status: number): string;
  /** `seen`: a refusal's text reaches the caller; `unseen`: it does not; else the class of the error that it becomes. */
  readonly refusal: string;
  ask(asking: Asking): Promise<Seen>;
  /** Vectors for texts, where the library knows them. */
  embed?(texts: readonly string[]): Promise<readonly (readonly number[])[]>;
}

export const prompt = 'Write a line.';
export const system = 'You are the writer.';
export const weather = {
  name: 'weather',
  description: 'Weather of a city',
  parameters: {
    type: 'object' as const,
    properties: { city: { type: 'string' as const } },
    required: ['city'],
    additionalProperties: false,
  },
};

/** Arguments as a client hands them on: parsed, or text that a caller parses. */
export function argumentsIn(text: string): Json {
  return JSON.parse(text === '' ? '{}' : text) as Json;
}

/** The classes that the generated libraries of OpenAI and Anthropic share. */
export function generatedErrorOf(status: number): string {
  switch (status) {
    case 400:
      return 'BadRequestError';
    case 401:
      return 'AuthenticationError';
    case 429:
      return 'RateLimitError';
    default:
      return 'InternalServerError';
  }
}
