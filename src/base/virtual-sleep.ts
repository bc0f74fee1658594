// Sleeping in virtual time: what `node:timers/promises` and `AbortSignal.timeout` are while a run goes on.

interface TimerClock {
  setTimeout(callback: () => void, delayMs?: number): unknown;
  clearTimeout(id: never): void;
}

interface SleepOptions {
  readonly signal?: AbortSignal;
}

export interface VirtualSleep {
  readonly timeout: <T>(delayMs?: number, value?: T, options?: SleepOptions) => Promise<T>;
  readonly immediate: <T>(value?: T, options?: SleepOptions) => Promise<T>;
  readonly wait: (delayMs: number, options?: SleepOptions) => Promise<void>;
  readonly abortAfter: (delayMs: number) => AbortSignal;
}

export function virtualSleep(clock: TimerClock): VirtualSleep {
  const timeout = async <T>(delayMs = 0, value?: T, { signal }: SleepOptions = {}): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const refuse = (): void => reject(abortError(signal));
      if (signal?.aborted === true) return refuse();
      const id = clock.setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve(value as T);
      }, delayMs);
      const stop = (): void => {
        clock.clearTimeout(id as never);
        refuse();
      };
      signal?.addEventListener('abort', stop, { once: true });
    });
  return {
    timeout,
    immediate: async (value, options) => timeout(0, value, options),
    wait: async (delayMs, options) => timeout<void>(delayMs, undefined, options),
    abortAfter: (delayMs) => {
      const controller = new AbortController();
      const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
      clock.setTimeout(() => controller.abort(reason), delayMs);
      return controller.signal;
    },
  };
}

/** As Node words it. */
function abortError(signal: AbortSignal | undefined): Error {
  const error = new Error('The operation was aborted', { cause: signal?.reason });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}
