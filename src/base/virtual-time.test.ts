// Tests of virtual time: what is swapped, in which order timers fire, why time stops, and what stays behind.
import { nextTick } from 'node:process';
import { describe, expect, it, vi } from 'vitest';
import { createRandom } from './random.ts';
import { inVirtualTime, type VirtualTime } from './virtual-time.ts';

const strays: unknown[] = [];
const run = async <T>(use: (time: VirtualTime) => Promise<T>): Promise<T> =>
  inVirtualTime(
    { startMs: 1_000, random: createRandom(1), onStrayError: (error) => strays.push(error) },
    use,
  );

describe('virtual time', () => {
  it('fires timers in order, each after all that promises can do', async () => {
    const order: string[] = [];
    const end = await run(async (time) => {
      let done = false;
      time.after(20, () => order.push(`b@${time.now()}`));
      time.after(10, () => {
        void Promise.resolve().then(() => nextTick(() => order.push(`a then@${Date.now()}`)));
      });
      time.after(30, () => (done = true));
      return time.pass({ done: () => done, horizonMs: 1_000 });
    });
    expect([end, ...order]).toEqual(['done', 'a then@1010', 'b@1020']);
  });

  it('stops when nothing can ever happen, and at the horizon', async () => {
    const never = { done: () => false, horizonMs: 5_000 };
    expect(await run(async (time) => time.pass(never))).toBe('stalled');
    const ticking = run(async (time) => {
      setInterval(() => undefined, 100);
      return [await time.pass(never), time.now()];
    });
    expect(await ticking).toEqual(['horizon', 6_000]);
  });

  it('does not take a delay of a month for none', async () => {
    const monthMs = 31 * 86_400_000;
    const end = run(async (time) => {
      time.after(monthMs, () => undefined);
      return time.pass({ done: () => false, horizonMs: 1_000 });
    });
    expect(await end).toBe('horizon');
  });

  it('keeps a timer function that was kept in one run in virtual time in the next', async () => {
    let kept = setTimeout;
    await run(async () => {
      kept = setTimeout;
    });
    const lasted = await run(async (time) => {
      let done = false;
      kept(() => (done = true), 90_000);
      await time.pass({ done: () => done, horizonMs: 100_000 });
      return time.now() - 1_000;
    });
    expect(lasted).toBe(90_000);
  });

  it('draws from the stream of the run, and from the real source afterwards', async () => {
    const draw = async (): Promise<unknown> =>
      Promise.resolve([Math.random(), crypto.randomUUID(), crypto.getRandomValues(new Uint8Array(4))]);
    expect(await run(draw)).toEqual(await run(draw));
    let kept = crypto.randomUUID.bind(crypto);
    await run(async () => {
      kept = crypto.randomUUID.bind(crypto);
    });
    expect(kept()).not.toBe(kept());
  });

  it('hands over what a timer throws', async () => {
    strays.length = 0;
    await run(async (time) => {
      setTimeout(() => {
        throw new Error('from a timer');
      }, 5);
      return time.pass({ done: () => strays.length > 0, horizonMs: 100 });
    });
    expect(strays).toEqual([new Error('from a timer')]);
  });

  it('refuses to start under the fake timers of somebody else, and works after them', async () => {
    vi.useFakeTimers();
    await expect(run(async () => 'never')).rejects.toThrow(/\[VIRTUAL_TIME_TAKEN\]/);
    vi.useRealTimers();
    expect(await run(async () => 'fine')).toBe('fine');
  });
});
