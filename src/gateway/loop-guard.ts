// The loop guard of the gateway: watches a run's events, and alarms or stops the run at its first loop.
import type { Loop } from '../loop/loop.ts';
import { createLoopWatch } from '../loop/loop-watch.ts';
import type { RunSetup, WatchVerdict } from './run-setup.ts';

/** `alarm`: loops are noted in the journal; `stop`: no further call of the run is answered either. */
export type GuardMode = 'alarm' | 'stop';

/** A watch for `RunSetup`: each run is watched by itself. */
export function loopGuard(mode: GuardMode): NonNullable<RunSetup['watch']> {
  return () => {
    const watch = createLoopWatch();
    return (event): WatchVerdict => {
      const loop = watch.onEvent(event);
      return loop === null ? null : { kind: mode, message: sentenceOf(loop) };
    };
  };
}

function sentenceOf({ kind, firstStep, lastStep, tokens, reason }: Loop): string {
  return `loop (${kind}): ${reason}, from step ${firstStep} to ${lastStep}; ${tokens} tokens since its second round`;
}
