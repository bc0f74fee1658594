// Plans about agents that go round in circles, stop early, or never stop.
import { always, inject, max, nth, plan, probability } from 'passmuster/chaos';

export const repeatingAgent = plan(
  'repeating-agent',
  'An agent that says the same thing again and again is noticed, stopped and escalated within its limits.',
  [inject('content.loop', { repeats: 8, what: 'any' }, max(1, always()))],
);

export const paraphrasingAgent = plan(
  'paraphrasing-agent',
  'A repetition in other words is a repetition all the same.',
  [inject('content.loop', { repeats: 8, what: 'any', wording: 'paraphrased' }, max(1, always()))],
);

export const neverDone = plan(
  'never-done',
  'An agent that always announces one more step is stopped by its limits, and the mission says why it ended.',
  [inject('content.neverDone', { style: 'text' }, always())],
);

export const prematureDone = plan(
  'premature-done',
  'An agent that says it is done, and is not, does not get past its gate.',
  [
    inject('content.prematureDone', { style: 'reply' }, nth(1)),
    inject('content.prematureDone', { style: 'bare' }, max(1, probability(0.2))),
  ],
);

export const unusableAnswers = plan(
  'unusable-answers',
  'Empty, refused and cut-off answers are asked for again with feedback, a bounded number of times.',
  [
    inject('content.empty', {}, max(1, probability(0.2))),
    inject('content.refusal', { style: 'polite' }, max(1, probability(0.2))),
    inject('content.truncate', { keep: 0.6, finish: 'lying' }, max(1, probability(0.2))),
  ],
);
