// Plans about time: everything works, only later than anybody would like, or not quite to the end.
import { always, burst, every, inject, max, nth, plan, probability } from 'passmuster/chaos';

export const slowProvider = plan(
  'slow-provider',
  'The team takes longer and does nothing twice: no timeout is shorter than a slow but honest answer.',
  [
    inject('llm.latency', { ms: 8_000, dist: 'exponential', jitterMs: 500 }, always()),
    inject('stream.slowTtft', { ms: 3_000 }, every(2)),
  ],
);

export const stalledStream = plan(
  'stalled-stream',
  'A stream that stops without an end is given up and asked for again; half an answer is never used.',
  [
    inject('stream.hang', { afterChunks: 2 }, max(2, probability(0.3))),
    inject('stream.cut', { after: 4, unit: 'chunks', ending: 'clean' }, max(1, probability(0.2))),
  ],
);

export const halfOpen = plan(
  'half-open',
  'A peer that vanished without a word is noticed by a timeout of the team itself.',
  [
    inject('llm.reset', { afterBytes: 0, close: 'halfOpen' }, nth(1)),
    inject('llm.lostResponse', { how: 'silent' }, max(1, probability(0.2))),
  ],
);

export const tricklingTokens = plan(
  'trickling-tokens',
  'Two tokens a second are slow, and still an answer: the team waits as long as its budget of time allows.',
  [inject('stream.slowChunks', { tokensPerSecond: 2, jitter: 0.3 }, burst(1, 2, 3))],
);

export const degradingTools = plan(
  'degrading-tools',
  'Tools that get slower and slower are waited for within their timeout, and then done without or escalated.',
  [inject('tool.latency', { ms: 45_000, dist: 'degrading', over: 4 }, always())],
);
