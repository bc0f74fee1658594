// Logs in which people marked who repeated what from which step: does the detector point at the same?
import { findLoops } from '../../src/loop/find-loops.ts';
import { createLoopWatch } from '../../src/loop/loop-watch.ts';
import { isFault, type Loop } from '../../src/loop/loop.ts';
import { roundLimits, type RoundLimits } from '../../src/loop/round.ts';
import { eventsOf, type MarkedGroup, type MessageLog } from './message-log.ts';

/** What must be right of a group; each is told as a count and as a rate of the groups. */
type Hit = Readonly<Record<'agent' | 'interval' | 'start' | 'period' | 'alarmedWithin3Rounds', boolean>>;

export type MarkedFigures = Readonly<Record<keyof Hit | `${keyof Hit}Rate`, number>> & {
  readonly groups: number;
  /** Groups told in logs that have none, per such log. */
  readonly falseGroupsPerClean: number;
};

const roundsMax = 3;

export function markedFigures(logs: readonly MessageLog[], limits: RoundLimits = roundLimits): MarkedFigures {
  const faultsOf = (log: MessageLog): readonly Loop[] => findLoops(eventsOf(log), limits).filter(isFault);
  const hits = logs.flatMap((log) =>
    (log.recurring ?? []).map((group) => hitOf(faultsOf(log), group, isAlarmedInTime(log, group, limits))),
  );
  const clean = logs.filter(({ recurring }) => (recurring ?? []).length === 0);
  const false_ = clean.reduce((sum, log) => sum + faultsOf(log).length, 0);
  const count = (of: keyof Hit): number => hits.filter((hit) => hit[of]).length;
  const rate = (of: keyof Hit): number => rounded(count(of) / Math.max(1, hits.length));
  return {
    groups: hits.length,
    agent: count('agent'),
    agentRate: rate('agent'),
    interval: count('interval'),
    intervalRate: rate('interval'),
    start: count('start'),
    startRate: rate('start'),
    period: count('period'),
    periodRate: rate('period'),
    alarmedWithin3Rounds: count('alarmedWithin3Rounds'),
    alarmedWithin3RoundsRate: rate('alarmedWithin3Rounds'),
    falseGroupsPerClean: rounded(false_ / Math.max(1, clean.length)),
  };
}

const rounded = (share: number): number => Math.round(share * 1000) / 1000;

function hitOf(faults: readonly Loop[], group: MarkedGroup, alarmedWithin3Rounds: boolean): Hit {
  const found = faults.filter((loop) => overlap(loop, group) > 0);
  const own = found.filter(({ agents }) => agents.includes(group.agent));
  const best = [...own].sort((one, other) => overlap(other, group) - overlap(one, group))[0];
  return {
    agent: best !== undefined,
    interval: best !== undefined && overlap(best, group) >= 0.5,
    start: best !== undefined && Math.abs(best.firstStep - 1 - group.first_step) <= group.period,
    period: best?.period === group.period,
    alarmedWithin3Rounds,
  };
}

/** Intersection over union of the stretches; marks are 0-based. */
function overlap({ firstStep, lastStep }: Loop, { steps, first_step }: MarkedGroup): number {
  const [from, to] = [first_step + 1, (steps.at(-1) ?? first_step) + 1];
  const both = Math.min(lastStep, to) - Math.max(firstStep, from) + 1;
  return Math.max(0, both) / (Math.max(lastStep, to) - Math.min(firstStep, from) + 1);
}

/** An alarm of the agent that comes within the group's first rounds. */
function isAlarmedInTime(log: MessageLog, { agent, steps }: MarkedGroup, limits: RoundLimits): boolean {
  const watch = createLoopWatch(limits);
  const deadline = (steps[roundsMax] ?? steps.at(-1) ?? 0) + 1;
  return eventsOf(log).some((event) => {
    const loop = watch.onEvent(event);
    return (
      loop !== null &&
      loop.agents.includes(agent) &&
      event.seq >= (steps[0] ?? 0) + 1 &&
      event.seq <= deadline
    );
  });
}
