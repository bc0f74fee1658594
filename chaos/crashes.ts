// Plans in which the steward's own process dies and has to pick up exactly where it left off.
import { and, inject, max, nth, onRecord, plan, probability } from 'passmuster/chaos';

const seldom = max(1, probability(0.03));

export const crashAnywhere = plan(
  'crash-anywhere',
  'Wherever in a step the process dies, the mission goes on from there, pays for no answer twice and repeats no effect.',
  [
    inject('crash.kill', { point: 'beforeAppend' }, seldom),
    inject('crash.kill', { point: 'afterAppend' }, seldom),
    inject('crash.kill', { point: 'betweenDispatches' }, seldom),
    inject('crash.kill', { point: 'afterEffect' }, seldom),
    inject('crash.kill', { point: 'resultReceived' }, seldom),
    inject('crash.kill', { point: 'duringRecovery' }, seldom),
  ],
);

export const crashInEffectWindow = plan(
  'crash-in-effect-window',
  'A process that dies between an effect and its record leaves a visible doubt, never a second effect.',
  [
    inject('crash.kill', { point: 'afterEffect' }, and(onRecord('tool.returned'), nth(1))),
    inject('crash.kill', { point: 'resultReceived' }, and(onRecord('tool.returned'), nth(2))),
  ],
);

export const crashLoop = plan(
  'crash-loop',
  'A process that dies each time it comes up keeps all that it knew, and costs nothing but time.',
  [inject('crash.loop', { times: 4, point: 'afterAppend', downMs: 2_000 }, max(1, probability(0.1)))],
);
