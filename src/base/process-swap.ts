// The swap of a process's clock and chance: one fake clock for all runs, put in and taken out around each.
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { withGlobal } from '@sinonjs/fake-timers';
import { MusterError } from './muster-error.ts';
import type { Random } from './random.ts';
import { RealWork } from './real-work.ts';
import { seededChance } from './seeded-chance.ts';
import { virtualSleep } from './virtual-sleep.ts';

type FakeClock = ReturnType<ReturnType<typeof withGlobal>['createClock']>;

export interface Swap {
  readonly clock: FakeClock;
  readonly realWork: RealWork;
  uninstall(): void;
}

/**
 * What one process has once, however often this file is loaded. The clock outlives the runs, so that a library which
 * kept a timer function in one run is in virtual time in the next one too.
 */
interface ProcessSwap {
  readonly clock: FakeClock;
  readonly realWork: RealWork;
  readonly replacements: readonly Replacement[];
  random: Random | null;
  queue: Promise<void>;
}

interface Replacement {
  readonly owner: object;
  readonly name: string;
  readonly value: unknown;
}

const key = Symbol.for('passmuster.processSwap');

/** Waits until no other run holds the swap, then puts it in. */
export async function install(parts: { readonly startMs: number; readonly random: Random }): Promise<Swap> {
  const swap = processSwap();
  const before = swap.queue;
  let release = (): void => undefined;
  swap.queue = new Promise((resolve) => (release = resolve));
  await before;
  if ('isFake' in Date) {
    release();
    throw new MusterError({
      code: 'VIRTUAL_TIME_TAKEN',
      message: 'another library has put its fake timers into this process',
      hint: 'call vi.useRealTimers() (or its like) before the run',
    });
  }
  swap.clock.reset();
  swap.clock.setSystemTime(parts.startMs);
  swap.random = parts.random;
  const restore = replaceAll(swap.replacements);
  return {
    clock: swap.clock,
    realWork: swap.realWork,
    uninstall: () => {
      restore();
      swap.random = null;
      swap.clock.reset();
      release();
    },
  };
}

/** Does work that takes real time. In a run in virtual time, time stands still until it is done; else it is just done. */
export async function doneInRealTime<T>(work: () => Promise<T>): Promise<T> {
  const { [key]: swap } = globalThis as Home;
  return swap === undefined || swap.random === null ? work() : swap.realWork.hold(work);
}

interface Home {
  [key]?: ProcessSwap;
}

function processSwap(): ProcessSwap {
  const home = globalThis as Home;
  home[key] ??= createProcessSwap();
  return home[key];
}

function createProcessSwap(): ProcessSwap {
  const clock = withGlobal(globalThis).createClock(0);
  const state: { random: Random | null } = { random: null };
  const replacements = [...clockReplacements(clock), ...seededChance(() => state.random)];
  return Object.assign(state, { clock, realWork: new RealWork(), replacements, queue: Promise.resolve() });
}

const timerNames = [
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'clearImmediate',
] as const;

function clockReplacements(clock: FakeClock): readonly Replacement[] {
  const sleeps = virtualSleep(clock);
  // The clock's own types leave it open what its `performance` is.
  const sinceStart = clock.performance as { readonly now: () => number };
  return [
    ...timerNames.flatMap((name) => [
      { owner: globalThis, name, value: clock[name] },
      { owner: timers, name, value: clock[name] },
    ]),
    { owner: globalThis, name: 'Date', value: clock.Date },
    { owner: globalThis, name: 'Intl', value: clock.Intl },
    { owner: performance, name: 'now', value: () => sinceStart.now() },
    { owner: process, name: 'hrtime', value: clock.hrtime },
    { owner: timersPromises, name: 'setTimeout', value: sleeps.timeout },
    { owner: timersPromises, name: 'setImmediate', value: sleeps.immediate },
    { owner: timersPromises.scheduler, name: 'wait', value: sleeps.wait },
    { owner: AbortSignal, name: 'timeout', value: sleeps.abortAfter },
  ];
}

function replaceAll(replacements: readonly Replacement[]): () => void {
  const before = replacements.map(({ owner, name }) => ({
    owner,
    name,
    descriptor: Object.getOwnPropertyDescriptor(owner, name),
  }));
  for (const { owner, name, value } of replacements) {
    Object.defineProperty(owner, name, { value, configurable: true, writable: true, enumerable: true });
  }
  syncBuiltinESMExports();
  return () => {
    for (const { owner, name, descriptor } of before) {
      if (descriptor === undefined) Reflect.deleteProperty(owner, name);
      else Object.defineProperty(owner, name, descriptor);
    }
    syncBuiltinESMExports();
  };
}
