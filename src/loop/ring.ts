// A ring: chains that go round together, and the stretch of the trace that they cover.
import type { Chain } from './chain.ts';
import type { LoopKind } from './loop.ts';

export interface Ring {
  readonly chains: readonly Chain[];
  readonly kind: LoopKind;
  readonly period: number;
  readonly repetitions: number;
}

/** 1-based places, both within. */
export interface Stretch {
  readonly firstStep: number;
  readonly lastStep: number;
}

export function stretchOf({ chains }: Ring): Stretch {
  return {
    firstStep: Math.min(...chains.map(({ first }) => first.place)),
    lastStep: Math.max(...chains.map(({ last }) => last.place)),
  };
}

/** The share of the shorter stretch that lies in the other. */
export function share(one: Stretch, other: Stretch): number {
  const both = Math.min(one.lastStep, other.lastStep) - Math.max(one.firstStep, other.firstStep) + 1;
  const shorter = Math.min(one.lastStep - one.firstStep, other.lastStep - other.firstStep) + 1;
  return Math.max(0, both) / shorter;
}
