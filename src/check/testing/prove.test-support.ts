// The proof of an invariant: the healthy stories that it passes, the planted faults that it catches, and what it cannot tell.
import { describe, expect, it } from 'vitest';
import type { Trace } from '../../trace/trace.ts';
import type { Invariant } from '../invariant.ts';
import { indexTrace } from '../trace-index.ts';
import type { Ruling } from '../verdict.ts';
import { healthyStory } from './healthy-story.test-support.ts';
import { tell, tellOutside } from './trace-story.test-support.ts';

export interface Proof {
  readonly invariant: Invariant;
  /** Healthy twins, beside the healthy story itself. */
  readonly holds?: Readonly<Record<string, Trace>>;
  /** What is planted, the trace, and a part of the sentence that must come of it. */
  readonly breaks: readonly (readonly [planted: string, trace: Trace, sentence: string])[];
  readonly unknown: Readonly<Record<string, Trace>>;
}

export const healthyTrace = tell(healthyStory);
export const outsideTrace = tellOutside(healthyStory);

export function prove({ invariant, holds = {}, breaks, unknown }: Proof): void {
  const check = (trace: Trace): Ruling => invariant.check(indexTrace(trace));
  describe(`${invariant.id}: ${invariant.sentence}`, () => {
    it.each(Object.entries({ 'the healthy story': healthyTrace, ...holds }))(
      'holds for %s',
      (_name, trace) => {
        expect(check(trace)).toEqual({ kind: 'held' });
      },
    );

    it.each(breaks)('is broken by %s', (_name, trace, sentence) => {
      const ruling = check(trace);
      expect(ruling.kind).toBe('broken');
      expect(ruling.kind === 'broken' && ruling.sentence).toContain(sentence);
    });

    it.each(Object.entries(unknown))('is unknown for %s', (_name, trace) => {
      expect(check(trace).kind).toBe('unknown');
    });
  });
}
