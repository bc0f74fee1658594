// Route requests: what a route's functions are shown of a request on the wire.
import { bodyOf, type WireRequest } from '../llm/traffic/wire-traffic.ts';
import type { RouteRequest } from './route.ts';

export function routeRequest(request: WireRequest, path: Readonly<Record<string, string>>): RouteRequest {
  const { method, url, headers } = request;
  return { method, url, headers, path, body: bodyOf(request) };
}
