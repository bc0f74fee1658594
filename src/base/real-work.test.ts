// Tests of real work: time stands still for it, and what it gives comes in the order in which it was begun.
import { describe, expect, it } from 'vitest';
import { doneInRealTime } from './process-swap.ts';
import { createRandom } from './random.ts';
import { RealWork } from './real-work.ts';
import { inVirtualTime } from './virtual-time.ts';

const manyTurns = async (turns: number): Promise<void> => {
  for (let count = 0; count < turns; count += 1) await new Promise<void>((done) => void realImmediate(done));
};
const realImmediate = setImmediate;

describe('real work', () => {
  it('keeps every timer from firing, however long it takes, and nothing from being stalled', async () => {
    const order: string[] = [];
    const parts = {
      startMs: 0,
      random: createRandom(1),
      onStrayError: (error: unknown) => order.push(String(error)),
    };
    const passing = await inVirtualTime(parts, async (time) => {
      time.after(1, () => order.push('timer'));
      void doneInRealTime(async () => manyTurns(100)).then(() => order.push(`work@${time.now()}`));
      time.after(
        2,
        () => void doneInRealTime(async () => manyTurns(100)).then(() => order.push(`last@${time.now()}`)),
      );
      return time.pass({ done: () => order.length === 3, horizonMs: 1_000 });
    });
    expect([passing, ...order]).toEqual(['done', 'work@0', 'timer', 'last@2']);
  });

  it('gives out what it came to in the order in which it was begun, failures too', async () => {
    const work = new RealWork();
    const order: string[] = [];
    const pieces = [
      work.hold(async () => manyTurns(5)).then(() => order.push('slow')),
      work.hold(async () => Promise.reject(new Error('no'))).catch(() => order.push('failed')),
      work.hold(async () => manyTurns(1)).then(() => order.push('fast')),
    ];
    await work.rest();
    await Promise.all(pieces);
    expect(order).toEqual(['slow', 'failed', 'fast']);
    expect(work.isUnderWay).toBe(false);
  });

  it('is just done where time is real', async () => {
    expect(await doneInRealTime(async () => Promise.resolve(7))).toBe(7);
  });
});
