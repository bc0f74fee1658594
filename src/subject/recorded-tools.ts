// Recorded tools: doubles that give a team the results that its tools gave in a trace.
import { canonicalJson } from '../base/canonical.ts';
import type { Json } from '../base/json.ts';
import type { ToolDouble } from '../llm/double.ts';
import type { Trace } from '../trace/trace.ts';

type Result =
  | { readonly kind: 'returned'; readonly value: Json }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * By tool and arguments, in the order of the trace; the last result of the same call again where more are asked for. A
 * call that was not recorded fails, as data, and says so.
 */
export function recordedTools(trace: Trace): Readonly<Record<string, ToolDouble>> {
  const results = resultsOf(trace);
  const tools = new Set(trace.events.flatMap((event) => (event.kind === 'tool.called' ? [event.tool] : [])));
  return Object.fromEntries([...tools].map((tool) => [tool, doubleOf(results)]));
}

function doubleOf(results: ReadonlyMap<string, readonly Result[]>): ToolDouble {
  return ({ tool, arguments: args, store }) => {
    const key = callKey(tool, args);
    const recorded = results.get(key) ?? [];
    const place = `recorded ${key}`;
    const given = store.get(place);
    const at = typeof given === 'number' ? given : 0;
    store.set(place, at + 1);
    const result = recorded[Math.min(at, recorded.length - 1)];
    if (result === undefined) throw new Error(`no result is recorded of ${tool} with these arguments`);
    if (result.kind === 'failed') throw new Error(result.message);
    return result.value;
  };
}

function resultsOf({ events }: Trace): ReadonlyMap<string, readonly Result[]> {
  const keys = new Map<string, string>();
  const results = new Map<string, Result[]>();
  const keep = (call: string, result: Result): void => {
    const key = keys.get(call);
    if (key !== undefined) results.set(key, [...(results.get(key) ?? []), result]);
  };
  for (const event of events)
    if (event.kind === 'tool.called') keys.set(event.call, callKey(event.tool, event.arguments));
    else if (event.kind === 'tool.returned') keep(event.call, { kind: 'returned', value: event.result });
    else if (event.kind === 'tool.failed') keep(event.call, { kind: 'failed', message: event.message });
  return results;
}

function callKey(tool: string, args: Json): string {
  return `${tool} ${canonicalJson(args)}`;
}
