// The model edge: a team's own calls to a provider, found by their base URL and brought to the model desk.
import type { Handled, WireHandler } from '../llm/traffic/wire-traffic.ts';
import { codecFor, dialectOf } from '../llm/wire/codecs.ts';
import { jsonReply } from '../llm/wire/wire-reply.ts';
import { ModelDesk, type ModelDeskParts } from './model-desk.ts';

export interface ModelEdgeParts extends ModelDeskParts {
  /** Base URLs of providers, as `https://api.openai.com/v1`. */
  readonly providers: readonly string[];
}

export function modelEdge(parts: ModelEdgeParts): WireHandler {
  const desk = new ModelDesk(parts);
  return ({ method, url, headers, text }) => {
    const path = pathUnder(parts.providers, url);
    if (path === null) return null;
    const codec = codecFor(method, path);
    return codec === undefined
      ? unserved(method, path)
      : desk.serve(codec, { method, path, query: url.search, headers, text });
  };
}

function pathUnder(providers: readonly string[], url: URL): string | null {
  const place = url.origin + url.pathname;
  for (const provider of providers) {
    const base = provider.replace(/\/+$/, '');
    if (place.startsWith(`${base}/`)) return place.slice(base.length);
  }
  return null;
}

/** A provider's door that no codec serves: refused at once, in the provider's words, and the run goes on. */
function unserved(method: string, path: string): Handled {
  const message = `muster does not stand in for ${method} ${path}`;
  const refusal = { status: 404, message, param: null, code: 'unknown_url' };
  return { reply: jsonReply(404, dialectOf(path).refusal(refusal)) };
}
