// Injected time is taken out once, however many delays ran side by side.
import { expect, it } from 'vitest';
import { storyStartMs, tell, type Line } from '../check/testing/trace-story.test-support.ts';
import { uninjectedMs } from './injected-time.ts';

const fired = (atMs: number, delayMs: number): Line => ({
  kind: 'fault.fired',
  injection: 0,
  fault: 'llm.latency',
  crossing: 'llm/reply/a/m#1',
  agent: 'a',
  delayMs,
  atMs,
});
const left = (fromMs: number, toMs: number, ...story: readonly Line[]): number =>
  uninjectedMs(tell(story).events, storyStartMs + fromMs, storyStartMs + toMs);

it.each([
  ['without a delay, all is left', left(0, 100), 100],
  ['one delay in the middle', left(0, 100, fired(10, 30)), 70],
  ['two delays that overlap count as one stretch', left(0, 100, fired(10, 30), fired(20, 40)), 50],
  ['a delay inside another adds nothing', left(0, 100, fired(10, 60), fired(20, 10)), 40],
  ['two delays apart', left(0, 100, fired(10, 10), fired(50, 10)), 80],
  ['only the part of a delay inside the window counts', left(50, 100, fired(10, 60), fired(90, 60)), 20],
  ['a delay outside does not count', left(50, 100, fired(0, 40), fired(100, 9)), 50],
])('%s', (_sentence, found, expected) => expect(found).toBe(expected));
