// Plans about what can happen to work between two agents.
import { always, inject, max, nth, plan, probability } from 'passmuster/chaos';

export const droppedHandoff = plan(
  'dropped-handoff',
  'A handoff that got lost is missed and sent again; the mission does not wait for it for ever.',
  [inject('handoff.drop', {}, max(2, probability(0.4)))],
);

export const duplicatedHandoffs = plan(
  'duplicated-handoffs',
  'However often a handoff arrives, its work is done once.',
  [inject('handoff.duplicate', { copies: 2, gapMs: 3_000 }, always())],
);

export const misroutedHandoff = plan(
  'misrouted-handoff',
  'An agent that gets work meant for another does not do it, and the right one still gets it.',
  [
    inject('handoff.misroute', { to: 'other' }, nth(1)),
    inject('handoff.misroute', { to: 'ghost' }, max(1, probability(0.3))),
  ],
);

export const bouncingHandoffs = plan(
  'bouncing-handoffs',
  'Two agents that push work back and forth are noticed and stopped.',
  [inject('handoff.bounce', { times: 6 }, nth(1))],
);

export const shuffledHandoffs = plan(
  'shuffled-handoffs',
  'Late, overtaken and replayed handoffs change nothing in the result.',
  [
    inject('handoff.reorder', { windowMs: 20_000, hold: 'drawn' }, probability(0.5)),
    inject('handoff.delay', { ms: 4_000, jitterMs: 2_000 }, probability(0.3)),
    inject('handoff.replay', { which: 'previous' }, max(1, probability(0.3))),
  ],
);

export const refusedDelegation = plan(
  'refused-delegation',
  'Work that its receiver refuses goes somewhere else or to a person, with the reason.',
  [inject('handoff.rejectDelegation', {}, max(3, probability(0.5)))],
);
