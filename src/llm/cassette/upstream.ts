// The upstream: a model double that passes each request on to its real provider, as it came, and gives back what that sent.
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { MusterError } from '../../base/muster-error.ts';
import { doneInRealTime } from '../../base/process-swap.ts';
import type { Answer, Ask } from '../../team/ask.ts';
import type { ModelDouble, ModelRequest } from '../double.ts';
import { readSent } from './read-sent.ts';
import type { SentReply } from '../sent-reply.ts';
import type { Dialect } from '../wire/dialect.ts';
import { codecFor } from '../wire/codecs.ts';

export type Provider = Dialect['provider'];

export interface Upstream {
  /** As the provider's clients want it. */
  readonly url: string;
  /** The environment variable that holds the key; absent: the key that the caller sends is passed on. */
  readonly keyVariable?: string;
  /** For how long a provider may say nothing; absent: ten minutes. */
  readonly waitMsMax?: number;
}

/** By provider, a base URL alone or with more; nothing is sent to a provider that is not named. */
export type Upstreams = Readonly<Partial<Record<Provider, string | Upstream>>>;

/** Rejects with `FailedCall` for a provider's error, and with `MusterError`: UPSTREAM_UNNAMED, UPSTREAM_UNREACHABLE. */
export function upstream(upstreams: Upstreams): ModelDouble {
  return {
    name: 'upstream',
    answer: async (_ask: Ask, _random, request): Promise<Answer> => {
      const provider =
        request === undefined ? undefined : codecFor(request.method, request.path)?.dialect.provider;
      const named = provider === undefined ? undefined : upstreams[provider];
      if (request === undefined || named === undefined) throw unnamed(provider);
      const { url, waitMsMax = usualWaitMsMax } = typeof named === 'string' ? { url: named } : named;
      const sent = await doneInRealTime(async () =>
        send(request, { url: upstreamUrl(url, request), waitMsMax }),
      );
      return readSent(sent, request);
    },
  };
}

const version = /^\/v\d+(?:beta|alpha)?(?=\/|$)/;
const versionAtEnd = /\/v\d+(?:beta|alpha)?$/;

/** The version may stand in the base URL, in the path, or in both. */
export function upstreamUrl(base: string, { path, query }: Pick<ModelRequest, 'path' | 'query'>): URL {
  const trimmed = base.replace(/\/+$/, '');
  const inBase = versionAtEnd.test(new URL(trimmed).pathname);
  const inPath = version.test(path);
  if (inBase) return new URL(trimmed + path.replace(version, '') + query);
  return new URL(`${trimmed}${inPath ? '' : '/v1'}${path}${query}`);
}

/** Of the caller's headers those that providers read. */
const passedOn = [
  'authorization',
  'x-api-key',
  'api-key',
  'x-goog-api-key',
  'anthropic-version',
  'anthropic-beta',
  'anthropic-dangerous-direct-browser-access',
  'openai-organization',
  'openai-project',
  'openai-beta',
  'x-goog-api-client',
  'content-type',
  'accept',
  'user-agent',
];

/** Of the provider's headers those that clients act on. */
const kept =
  /^(?:content-type|retry-after|retry-after-ms|x-should-retry|x-request-id|request-id|(?:x|anthropic)-ratelimit-.*)$/;

const usualWaitMsMax = 600_000;

/** As they were before an interception put others in their place: what goes upstream really leaves the process. */
const realRequests = { 'http:': httpRequest, 'https:': httpsRequest };

interface Target {
  readonly url: URL;
  readonly waitMsMax: number;
}

async function send(request: ModelRequest, { url, waitMsMax }: Target): Promise<SentReply> {
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  for (const name of passedOn) {
    const value = request.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  headers['content-length'] = String(Buffer.byteLength(request.text));
  return new Promise((resolve, reject) => {
    const failed = (cause: Error): void => reject(unreachable(url, cause));
    const open = realRequests[url.protocol === 'https:' ? 'https:' : 'http:'];
    const options = { method: request.method, headers, timeout: waitMsMax };
    const outgoing = open(url, options, (incoming) => {
      readAll(incoming).then((text) => resolve(replyOf(incoming, text)), failed);
    });
    outgoing.on('error', failed);
    outgoing.on('timeout', () => outgoing.destroy(new Error(`nothing came for ${waitMsMax} ms`)));
    outgoing.end(request.text);
  });
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function replyOf({ statusCode = 0, headers }: IncomingMessage, text: string): SentReply {
  const steady = Object.entries(headers).filter(
    ([name, value]) => kept.test(name) && typeof value === 'string',
  );
  return { status: statusCode, headers: Object.fromEntries(steady) as Record<string, string>, text };
}

function unnamed(provider: Provider | undefined): MusterError {
  return new MusterError({
    code: 'UPSTREAM_UNNAMED',
    message: `nothing is recorded for this request, and no upstream is named for ${provider ?? 'a call that came over no wire'}`,
    hint: `name it with --upstream ${provider ?? 'openai'}=URL; without that, nothing is sent anywhere`,
  });
}

function unreachable(url: URL, cause: Error): MusterError {
  return new MusterError(
    {
      code: 'UPSTREAM_UNREACHABLE',
      message: `the provider could not be reached: ${cause.message}`,
      place: url.origin,
      hint: 'nothing was recorded for this call',
    },
    { cause },
  );
}
