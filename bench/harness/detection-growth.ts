// How the time of loop detection grows while a trace doubles, on line, as a guard and `muster import` run it.
import { isFault } from '../../src/loop/loop.ts';
import { createLoopWatch } from '../../src/loop/loop-watch.ts';
import type { TraceEvent } from '../../src/trace/event.ts';
import { loopingEvents } from './generated-events.ts';

/** `loops` are the faults found; memory of the watch is bounded, so that it forgets the weakest of very many. */
export interface Detection {
  readonly events: number;
  readonly cpuSeconds: number;
  readonly loops: number;
}

/** `eventsMax` events, and halves of it down to an eighth, shortest first. */
export function detectionsUpTo(eventsMax: number): readonly Detection[] {
  return [8, 4, 2, 1].map((part) => detectionOf(Math.floor(eventsMax / part)));
}

/** Times by which the CPU time grew at each doubling. */
export function growthOf(detections: readonly Detection[]): readonly number[] {
  return detections
    .slice(1)
    .map(({ cpuSeconds }, index) => cpuSeconds / (detections[index]?.cpuSeconds ?? Number.NaN));
}

const portionEvents = 20_000;

/** Events are made in portions, outside the time that is taken. */
function detectionOf(events: number): Detection {
  const watch = createLoopWatch();
  let micros = 0;
  const timed = (work: () => void): void => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    micros += user + system;
  };
  let portion: TraceEvent[] = [];
  const feed = (): void => {
    for (const event of portion) watch.onEvent(event);
  };
  for (const event of loopingEvents(events)) {
    portion.push(event);
    if (portion.length < portionEvents) continue;
    timed(feed);
    portion = [];
  }
  timed(feed);
  let loops = 0;
  timed(() => {
    loops = watch.end().filter(isFault).length;
  });
  if (loops === 0) throw new Error(`no loop was found in ${events} events that hold some`);
  return { events, cpuSeconds: micros / 1e6, loops };
}
