// Plans about quality gates that are down, too strict, too lenient or of two minds.
import { always, burst, inject, max, nth, plan, probability } from 'passmuster/chaos';

export const gateAlwaysRejects = plan(
  'gate-always-rejects',
  'Work that never passes its gate is reworked a bounded number of times and then escalated; it is never let through.',
  [inject('gate.alwaysReject', {}, always())],
);

export const gateRejectsOnce = plan(
  'gate-rejects-once',
  'A rejection leads to rework with its feedback, and the mission goes on.',
  [inject('gate.alwaysReject', { feedback: 'please look at this again' }, nth(1))],
);

export const gateOutage = plan('gate-outage', 'Work that could not be checked is not taken for checked.', [
  inject('gate.outage', { how: 'error' }, burst(1, 3)),
  inject('gate.outage', { how: 'hang' }, nth(5)),
]);

export const gateFlaps = plan(
  'gate-flaps',
  'A gate that cannot make up its mind costs some rework and does not keep the team in a circle.',
  [inject('gate.flapping', { p: 1 }, max(4, probability(0.3)))],
);

export const rubberStamp = plan(
  'rubber-stamp',
  'What a careless gate lets through is caught by the checks of the result.',
  [inject('gate.rubberStamp', {}, always())],
);
