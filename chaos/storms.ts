// Plans in which several moderate things go wrong on the same day.
import { cooldown, inject, max, plan, probability } from 'passmuster/chaos';

export const roughDay = plan(
  'rough-day',
  'Slow answers, a few errors and a lost handoff: the mission ends as if nothing had happened, only later.',
  [
    inject('llm.latency', { ms: 2_000, dist: 'exponential' }, probability(0.5)),
    inject('llm.serverError', { status: 500 }, max(2, probability(0.15))),
    inject('tool.error', {}, max(2, probability(0.15))),
    inject('handoff.drop', {}, max(1, probability(0.2))),
  ],
);

export const worstDay = plan(
  'worst-day',
  'Whatever comes together, the mission ends with a reason, nothing takes place twice, and no limit is passed.',
  [
    inject('llm.latency', { ms: 4_000, dist: 'exponential', jitterMs: 500 }, probability(0.5)),
    inject('llm.rateLimit', { retryAfter: 'seconds', retryAfterMs: 3_000 }, cooldown(4, probability(0.2))),
    inject('llm.serverError', { status: 529 }, max(3, probability(0.15))),
    inject('llm.lostResponse', { how: 'reset' }, max(1, probability(0.1))),
    inject('stream.cut', { after: 2, unit: 'chunks', ending: 'error' }, max(1, probability(0.1))),
    inject('content.truncate', { keep: 0.5, finish: 'honest' }, max(1, probability(0.1))),
    inject('tool.latency', { ms: 5_000, dist: 'spike', spikeChance: 1 }, probability(0.3)),
    inject('tool.timeoutAfterCommit', { afterMs: 15_000 }, max(1, probability(0.2))),
    inject('handoff.duplicate', { copies: 1, gapMs: 2_000 }, probability(0.3)),
    inject('handoff.delay', { ms: 5_000, jitterMs: 3_000 }, probability(0.3)),
    inject('gate.flapping', { p: 1 }, max(1, probability(0.15))),
    inject('crash.kill', { point: 'afterAppend' }, max(1, probability(0.03))),
  ],
);
