// Counting triggers: which 1-based numbers `nth`, `every`, `between` and `burst` include.
import type { Trigger } from './plan.ts';

export type CountingTrigger = Extract<Trigger, { readonly kind: 'nth' | 'every' | 'between' | 'burst' }>;

/** Which counts (1-based) a counting trigger includes. `every` n with offset o: o + n, o + 2n and so on. */
export function countsOf(trigger: CountingTrigger): (count: number) => boolean {
  switch (trigger.kind) {
    case 'nth':
      return (count) => count === trigger.n;
    case 'every': {
      const offset = trigger.offset ?? 0;
      return (count) => count > offset && (count - offset) % trigger.n === 0;
    }
    case 'between':
      return (count) => count >= trigger.from && count <= trigger.to;
    case 'burst': {
      const { start, length, gap } = trigger;
      if (gap === undefined) return (count) => count >= start && count < start + length;
      return (count) => count >= start && (count - start) % (length + gap) < length;
    }
  }
}
