// Destinations: where a request to the gateway wants to go, by its path and the header that names its run.
import type { ModelRequest } from '../llm/double.ts';
import { defaultRun } from './runs.ts';

export interface Destination {
  readonly kind: 'health' | 'control' | 'model';
  /** As the caller wrote it; the path counts before the header. */
  readonly run: string;
  /** What follows the run, without the query. */
  readonly path: string;
  /** With its question mark; empty when there is none. */
  readonly query: string;
}

export const runHeader = 'x-muster-run';

const runPath = /^\/runs\/([^/]*)(\/.*)?$/;

/** Paths are compared as they were sent: nothing is decoded, and no dots are resolved. */
export function destinationOf(url: string, headers: ModelRequest['headers']): Destination {
  const mark = url.indexOf('?');
  const whole = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark);
  const inPath = whole.startsWith('/runs/') ? runPath.exec(whole) : null;
  const run = inPath?.[1] ?? (headers.get(runHeader) || defaultRun);
  const path = inPath === null ? whole : (inPath[2] ?? '/');
  return { kind: kindOf(path), run, path, query };
}

function kindOf(path: string): Destination['kind'] {
  if (path === '/health') return 'health';
  return path === '/control' || path.startsWith('/control/') ? 'control' : 'model';
}
