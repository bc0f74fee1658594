// Virtual time for code that is not ours: the process's timers, dates and chance are swapped while one run goes on.
import { install } from './process-swap.ts';
import type { RealWork } from './real-work.ts';
import { catchStrayErrors } from './stray-errors.ts';
import type { Time } from './clock.ts';
import type { Random } from './random.ts';

/** Why time stopped passing: the work is done, nothing can ever happen again, or the horizon was reached. */
export type Passing = 'done' | 'stalled' | 'horizon';

export interface VirtualTime extends Time {
  /** Timers that wait, the horizon's own not counted. */
  waiting(): number;
  /** Lets time pass, one timer after the other, each as soon as the process has nothing else to do; not during real work. */
  pass(until: { readonly done: () => boolean; readonly horizonMs: number }): Promise<Passing>;
}

export interface VirtualTimeParts {
  readonly startMs: number;
  /** What `Math.random`, `crypto.randomUUID` and their like draw from. */
  readonly random: Random;
  /** Receives what would have ended the process: an uncaught exception, a rejection that nobody handles. */
  readonly onStrayError: (error: unknown) => void;
}

/** Real turns of the event loop between two timers: enough for chains of promises and streams to come to rest. */
const settleTurns = 2;
/** Turns to wait before "nothing can ever happen" is believed. */
const stallTurns = 12;
/** Turns for which input and output that is under way holds the clock. */
const ioTurnsMax = 20_000;
const ioResources =
  /^(?:FSReq|GetAddrInfo|Getnameinfo|Zlib|Pipe(?:Connect)?Req|TCPConnect|Random|PBKDF2|Scrypt|Worker)/;

/** Node takes a longer delay for 1 ms, and so does its double. */
const timerMsMax = 2 ** 31 - 1;

const realImmediate = setImmediate;

/**
 * Uses virtual time. The timers of a process are one thing, so runs that want them wait for one another.
 * Everything is as it was when the promise settles; timers that still wait never fire.
 */
export async function inVirtualTime<T>(
  parts: VirtualTimeParts,
  use: (time: VirtualTime) => Promise<T>,
): Promise<T> {
  const swap = await install({ startMs: parts.startMs, random: parts.random });
  const releaseErrors = catchStrayErrors(parts.onStrayError);
  try {
    return await use(timeOf(swap, parts.onStrayError));
  } finally {
    swap.uninstall();
    await turn();
    releaseErrors();
  }
}

interface TimerClock {
  readonly now: number;
  setTimeout(callback: () => void, delayMs: number): unknown;
  clearTimeout(id: unknown): void;
  countTimers(): number;
  next(): number;
}

interface Moved {
  readonly clock: TimerClock;
  readonly realWork: RealWork;
}

function timeOf({ clock, realWork }: Moved, onStrayError: (error: unknown) => void): VirtualTime {
  let ownTimers = 0;
  const step = (): void => {
    try {
      clock.next();
    } catch (error) {
      // A timer's callback that throws would end the process.
      onStrayError(error);
    }
  };
  return {
    now: () => clock.now,
    waiting: () => clock.countTimers() - ownTimers,
    after: (delayMs, callback) => {
      const id = clock.setTimeout(callback, Math.min(delayMs, timerMsMax));
      return () => clock.clearTimeout(id);
    },
    pass: async ({ done, horizonMs }) => {
      let over = false;
      const horizon = clock.setTimeout(() => (over = true), Math.min(horizonMs, timerMsMax));
      ownTimers += 1;
      try {
        for (;;) {
          await settle(realWork);
          if (done()) return 'done';
          if (over) return 'horizon';
          if (clock.countTimers() > ownTimers) step();
          else if (await nothingComes(realWork, () => done() || clock.countTimers() > ownTimers))
            return 'stalled';
        }
      } finally {
        ownTimers -= 1;
        clock.clearTimeout(horizon);
      }
    },
  };
}

/** Real work begins within these turns, and what it gives is taken up within these turns. */
async function settle(realWork: RealWork): Promise<void> {
  do {
    await realWork.rest();
    for (let count = 0; count < settleTurns; count += 1) await turn();
    for (let count = 0; count < ioTurnsMax && !realWork.isUnderWay && isIoUnderWay(); count += 1)
      await turn();
  } while (realWork.isUnderWay);
}

async function nothingComes(realWork: RealWork, came: () => boolean): Promise<boolean> {
  for (let count = 0; count < stallTurns; count += 1) {
    await settle(realWork);
    if (came()) return false;
  }
  return true;
}

function isIoUnderWay(): boolean {
  const resources = process.getActiveResourcesInfo();
  for (const resource of resources) if (ioResources.test(resource)) return true;
  return false;
}

async function turn(): Promise<void> {
  await new Promise<void>((resolve) => void realImmediate(resolve));
}
