// Injected time: the stretches of a run during which a delay of chaos was running, which nobody is charged for.
import type { TraceEvent } from '../trace/event.ts';

/** The milliseconds from one moment to another during which no injected delay was running. */
export function uninjectedMs(events: readonly TraceEvent[], fromMs: number, toMs: number): number {
  const spans: (readonly [number, number])[] = [];
  for (const event of events) {
    if (event.kind !== 'fault.fired' || event.delayMs <= 0) continue;
    const [start, end] = [Math.max(fromMs, event.atMs), Math.min(toMs, event.atMs + event.delayMs)];
    if (start < end) spans.push([start, end]);
  }
  spans.sort((one, other) => one[0] - other[0]);
  let [injectedMs, reachedMs] = [0, fromMs];
  for (const [start, end] of spans) {
    if (end <= reachedMs) continue;
    injectedMs += end - Math.max(start, reachedMs);
    reachedMs = end;
  }
  return toMs - fromMs - injectedMs;
}
