// The loop alarm: reads along in a run's trace, and says in an event from outside that agents go round to no effect.
import { createLoopWatch } from '../loop/loop-watch.ts';
import type { OutsideEvent } from '../steward/event.ts';
import type { TraceEvent } from '../trace/event.ts';
import type { Recorder } from './recorder.ts';

export class LoopAlarm {
  readonly #recorder: Recorder;
  #watch = createLoopWatch();
  #heard = 0;

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  /**
   * Reads what was recorded since the last time. Null while nobody goes round. After an alarm the watch begins anew, so
   * that a loop which goes on is told again.
   */
  hear(atMs: number): OutsideEvent | null {
    let told: OutsideEvent | null = null;
    for (const event of takenOf(this.#news())) {
      const loop = this.#watch.onEvent(event);
      if (loop === null || loop.kind === 'iteration') continue;
      this.#watch = createLoopWatch();
      const { kind, agents, tools, repetitions, reason } = loop;
      told ??= { kind: 'loop.detected', atMs, loop: kind, agents, tools, repetitions, reason };
    }
    return told;
  }

  #news(): readonly TraceEvent[] {
    const { events } = this.#recorder;
    const news = events.slice(this.#heard);
    this.#heard = events.length;
    return news;
  }
}

/** An answer that the steward did not take is nothing that anybody acted on; its note stands beside it. */
function takenOf(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const taken = new Set<string>();
  for (const event of events) if (event.kind === 'answer.accepted') taken.add(event.command);
  return events.filter((event) => event.kind !== 'model.answered' || taken.has(event.call));
}
