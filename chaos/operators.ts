// Plans about people who step in while the team is at work.
import { inject, max, nth, onRecord, plan, probability } from 'passmuster/chaos';

export const operatorPauses = plan(
  'operator-pauses',
  'A paused team starts nothing, and goes on exactly where it stood when it may.',
  [
    inject('operator.intervene', { action: 'pause', ms: 300_000 }, max(1, probability(0.1))),
    inject('operator.intervene', { action: 'pause', ms: 0 }, max(2, probability(0.1))),
  ],
);

export const operatorRedirects = plan(
  'operator-redirects',
  'An edit of the context reaches every agent that works after it, and outdates what was approved before it.',
  [
    inject('operator.intervene', { action: 'redirect' }, onRecord('tool.returned')),
    inject(
      'operator.intervene',
      { action: 'redirect', patch: { notice: 'stay within the brief' } },
      max(2, probability(0.1)),
    ),
  ],
);

export const operatorCancels = plan(
  'operator-cancels',
  'A mission that is called off stops at once, leaves nothing running and keeps no credential.',
  [inject('operator.intervene', { action: 'cancel' }, nth(9))],
);
