// Credentials of a request: the secrets with which a provider is called, whatever they look like.
import type { ModelRequest } from '../double.ts';

const keyHeaders = ['x-api-key', 'api-key', 'x-goog-api-key'];

/** To be taken out of everything that is kept of the call. */
export function credentialsOf({
  headers,
  query,
  secrets = [],
}: Pick<ModelRequest, 'headers' | 'query' | 'secrets'>): readonly string[] {
  const bearer = /^\S+\s+(.+)$/.exec(headers.get('authorization') ?? '')?.[1];
  const keys = keyHeaders.map((name) => headers.get(name));
  return [bearer, ...keys, new URLSearchParams(query).get('key'), ...secrets].filter(
    (key) => typeof key === 'string' && key !== '',
  ) as string[];
}
