// Requested calls: tool calls that a model asked for, until they are seen to run, so that each is told once.
import { canonicalJson } from '../../base/canonical.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ToolCall } from '../../team/ask.ts';

export interface RequestedCall {
  readonly agent: string;
  readonly call: ToolCall;
  /** Whether the id is the format's own, or was made up here. */
  readonly named: boolean;
  readonly atMs: number;
  /** `seq` of the model's answer. */
  readonly cause: number;
  /** `seq` of its `tool.called`, once that is told. */
  called: number | null;
}

/** A file may leave calls without result for ever; beyond this many the oldest are forgotten. */
const openMax = 4096;

export class RequestedCalls {
  readonly #open = new Map<string, RequestedCall>();
  /** Ids whose result is told, with what it was: an echo is not a second call. */
  readonly #closed = new Map<string, string>();

  request(requested: RequestedCall): void {
    this.#open.set(requested.call.id, requested);
    trim(this.#open);
  }

  /** The call that a tool step runs: by its id, else the first of this tool, the same arguments before others. */
  claim(callId: string | null, tool: string, args: JsonObject): RequestedCall | null {
    const named = callId === null ? undefined : this.#open.get(callId);
    const over = callId !== null && this.#closed.has(callId);
    const found = named ?? (over ? null : this.#alike(callId, tool, args));
    if (found !== null) this.#open.delete(found.call.id);
    return found;
  }

  /** Whether this very result of this very call was told before; from now on it was. */
  echoes(callId: string, content: string): boolean {
    const echo = this.#closed.get(callId) === content;
    this.#closed.set(callId, content);
    trim(this.#closed);
    return echo;
  }

  /** Those not yet told as called, of one agent or of all. */
  untold(agent: string | null): readonly RequestedCall[] {
    const found: RequestedCall[] = [];
    for (const one of this.#open.values())
      if (one.called === null && (agent === null || one.agent === agent)) found.push(one);
    return found;
  }

  /** A call whose id was made up cannot be found later: once it is told it is over. */
  told(requested: RequestedCall, seq: number): void {
    requested.called = seq;
    if (!requested.named) this.#open.delete(requested.call.id);
  }

  /**
   * Frameworks give a call another id than the model did, or none. With the same arguments it is the same call; with
   * others only where one of the two has no id.
   */
  #alike(callId: string | null, tool: string, args: JsonObject): RequestedCall | null {
    const text = canonicalJson(args);
    let first: RequestedCall | null = null;
    for (const one of this.#open.values()) {
      if (one.call.name !== tool || one.called !== null) continue;
      if (canonicalJson(one.call.arguments) === text) return one;
      if (callId === null || !one.named) first ??= one;
    }
    return first;
  }
}

function trim(map: Map<string, unknown>): void {
  if (map.size <= openMax) return;
  const oldest = map.keys().next();
  if (oldest.done !== true) map.delete(oldest.value);
}
