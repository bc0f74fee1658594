// Logs in which people marked who repeated what from which step: does the detector point at the same?
import { findLoops } from '../../src/loop/find-loops.ts';
import { createLoopWatch } from '../../src/loop/loop-watch.ts';
import { isFault, type Loop } from '../../src/loop/loop.ts';
import { eventsOf, type MarkedGroup, type MessageLog } from './message-log.ts';

/** Counts of groups; `falseGroupsPerClean` is per log that has none. */
export interface MarkedFigures {
  readonly groups: number;
  readonly agent: number;
  readonly interval: number;
  readonly start: number;
  readonly period: number;
  readonly alarmedWithin3Rounds: number;
  readonly falseGroupsPerClean: number;
}

const roundsMax = 3;

export function markedFigures(logs: readonly MessageLog[]): MarkedFigures {
  const hits = logs.flatMap((log) => (log.recurring ?? []).map((group) => hitOf(log, group)));
  const clean = logs.filter(({ recurring }) => (recurring ?? []).length === 0);
  const false_ = clean.reduce((sum, log) => sum + faultsOf(log).length, 0);
  const count = (of: keyof Hit): number => hits.filter((hit) => hit[of]).length;
  return {
    groups: hits.length,
    agent: count('agent'),
    interval: count('interval'),
    start: count('start'),
    period: count('period'),
    alarmedWithin3Rounds: count('inTime'),
    falseGroupsPerClean: clean.length === 0 ? 0 : Math.round((1000 * false_) / clean.length) / 1000,
  };
}

type Hit = Readonly<Record<'agent' | 'interval' | 'start' | 'period' | 'inTime', boolean>>;

const faultsOf = (log: MessageLog): readonly Loop[] => findLoops(eventsOf(log)).filter(isFault);

function hitOf(log: MessageLog, group: MarkedGroup): Hit {
  const found = faultsOf(log).filter((loop) => overlap(loop, group) > 0);
  const own = found.filter(({ agents }) => agents.includes(group.agent));
  const best = [...own].sort((one, other) => overlap(other, group) - overlap(one, group))[0];
  return {
    agent: best !== undefined,
    interval: best !== undefined && overlap(best, group) >= 0.5,
    start: best !== undefined && Math.abs(best.firstStep - 1 - group.first_step) <= group.period,
    period: best?.period === group.period,
    inTime: isAlarmedInTime(log, group),
  };
}

/** Intersection over union of the stretches; marks are 0-based. */
function overlap({ firstStep, lastStep }: Loop, { steps, first_step }: MarkedGroup): number {
  const [from, to] = [first_step + 1, (steps.at(-1) ?? first_step) + 1];
  const both = Math.min(lastStep, to) - Math.max(firstStep, from) + 1;
  return Math.max(0, both) / (Math.max(lastStep, to) - Math.min(firstStep, from) + 1);
}

/** An alarm of the agent that comes within the group's first rounds. */
function isAlarmedInTime(log: MessageLog, { agent, steps }: MarkedGroup): boolean {
  const watch = createLoopWatch();
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
