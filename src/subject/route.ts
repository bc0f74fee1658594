// Routes: the services of a team that are not model providers, as its author declares them.
import type { JsonObject } from '../base/json.ts';
import type { Effect } from '../team/tool.ts';

/** A request as a route's functions see it. */
export interface RouteRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** The JSON body; null when it is none. */
  readonly body: JsonObject | null;
  /** Values of `:name` steps of the route's URL. */
  readonly path: Readonly<Record<string, string>>;
}

export interface ToolRoute {
  readonly kind: 'tool';
  readonly tool: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `https://crm.internal/leads/:lead_id`; `*` stands for the rest of a path. */
  readonly url: string;
  /** Absent: the path's values, the query's, and the body's members together. */
  readonly arguments?: (request: RouteRequest) => JsonObject;
  /** What the tool does to the world; absent: unknown, and what needs it is not judged. */
  readonly effect?: Effect;
  /** Who calls; absent: the header `x-muster-agent`, else the agent whose model last asked for this tool, else the last that spoke. */
  readonly agent?: (request: RouteRequest) => string | null;
}

/**
 * A message bus, under one URL: `POST {url}/agents/:to/messages` with `{from, …}` sends (202 with the message's id),
 * `GET {url}/agents/:name/messages/next` waits until a message is there (`?timeoutMs=` gives up with 204).
 */
export interface HandoffRoute {
  readonly kind: 'handoff';
  readonly url: string;
  /** Who sends; absent: the body's `from`, else the header `x-muster-agent`. */
  readonly from?: (request: RouteRequest) => string | null;
}

/**
 * An approval service, under one URL: `POST {url}/requests` with `{name, agent?, approvers?, …}` asks (201 with an id),
 * `GET {url}/requests/:id` tells `{status: pending | approved | rejected, approver}`; with `?wait` it tells when it is decided.
 */
export interface ApprovalRoute {
  readonly kind: 'approval';
  readonly url: string;
}

export type Route = ToolRoute | HandoffRoute | ApprovalRoute;
