// The upstream's key: in place of what the caller sent as one, where an environment variable is named for it.
import { environmentVariable } from '../../base/environment.ts';
import { MusterError } from '../../base/muster-error.ts';
import { credentialsOf } from '../redaction/credentials.ts';
import type { ModelDouble, ModelRequest } from '../double.ts';
import type { Provider, Upstreams } from './upstream.ts';
import { codecFor } from '../wire/codecs.ts';

type Keys = ReadonlyMap<Provider, string>;

const keyHeaders: Readonly<Record<Provider, { readonly name: string; readonly before: string }>> = {
  openai: { name: 'authorization', before: 'Bearer ' },
  anthropic: { name: 'x-api-key', before: '' },
  gemini: { name: 'x-goog-api-key', before: '' },
};

const credentialHeaders = ['authorization', 'x-api-key', 'api-key', 'x-goog-api-key'];

/**
 * The double, asked with the keys of the upstreams: it must be one that keeps no secret of a request. Throws
 * `MusterError` UPSTREAM_KEY_MISSING for a variable that is not set.
 */
export function withKeys(double: ModelDouble, upstreams: Upstreams): ModelDouble {
  const keys = keysOf(upstreams);
  if (keys.size === 0) return double;
  return {
    ...double,
    answer: (ask, random, request) =>
      double.answer(ask, random, request === undefined ? request : keyed(request, keys)),
  };
}

function keysOf(upstreams: Upstreams): Keys {
  const keys = new Map<Provider, string>();
  for (const [provider, upstream] of Object.entries(upstreams) as [Provider, Upstreams[Provider]][]) {
    if (typeof upstream !== 'object' || upstream.keyVariable === undefined) continue;
    const key = environmentVariable(upstream.keyVariable);
    if (key === undefined) throw missing(provider, upstream.keyVariable);
    keys.set(provider, key);
  }
  return keys;
}

/** What the caller sent as a key goes nowhere, and is kept no more than the real one. */
function keyed(request: ModelRequest, keys: Keys): ModelRequest {
  const provider = codecFor(request.method, request.path)?.dialect.provider;
  const key = provider === undefined ? undefined : keys.get(provider);
  if (provider === undefined || key === undefined) return request;
  const header = keyHeaders[provider];
  return {
    ...request,
    query: withoutKey(request.query),
    headers: {
      get: (name) => {
        if (name === header.name) return `${header.before}${key}`;
        return credentialHeaders.includes(name) ? null : request.headers.get(name);
      },
    },
    secrets: credentialsOf(request),
  };
}

function withoutKey(query: string): string {
  const members = new URLSearchParams(query);
  if (!members.has('key')) return query;
  members.delete('key');
  return members.size === 0 ? '' : `?${members.toString()}`;
}

function missing(provider: Provider, variable: string): MusterError {
  return new MusterError({
    code: 'UPSTREAM_KEY_MISSING',
    message: `the key of ${provider} is to come from an environment variable that is not set`,
    place: `live.${provider}.keyVariable`,
    value: variable,
    hint: `set ${variable}, or leave keyVariable out: then the key that the team sends is passed on`,
  });
}
