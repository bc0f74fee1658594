// `npm run bench sim`: chaos trials a second on one core, beside the workflows a second of LangGraph.js.
//
// Ours: trials of the five-agent sales team (workloads/sales-trials.ts). A trial is a run under chaos with its whole
// trace, checked against every invariant, and compared with the fault-free control, which all plans at one seed share.
// Theirs: runs of a five-agent chain with MemorySaver and an instant model (peers/langgraph.js); no chaos, no log, no
// checks. So one of our trials does a good deal more than one of their workflows.
// Both in a process of their own on the same core, warmed up, taking turns of a second; figures are medians.
import { plans } from '../chaos/index.ts';
import Table from 'cli-table3';
import { build, compiledPath } from './harness/build.ts';
import { hold, type ContestResult, type Score } from './harness/contest.ts';
import { installPeers, peerPath } from './harness/peers.ts';
import { numberFlag } from './harness/number-flag.ts';
import type { Spread } from './harness/spread.ts';

/** A run under chaos, and its part of the control that all plans at one seed share. */
const runsPerTrial = 1 + 1 / Object.keys(plans).length;

const ours = 'trials of the sales team';
const perStep = 'LangGraph.js, a checkpoint a step';
const atExit = 'LangGraph.js, one checkpoint at the end';

export async function sim(args: readonly string[]): Promise<void> {
  const rounds = numberFlag(args, 'rounds', 8);
  build();
  installPeers();
  const langGraph = peerPath('langgraph.js');
  const result = await hold({
    entries: {
      [ours]: {
        modulePath: compiledPath(new URL('./workloads/sales-trials.ts', import.meta.url)),
        exportName: 'trials',
      },
      [perStep]: { modulePath: langGraph, exportName: 'perStep' },
      [atExit]: { modulePath: langGraph, exportName: 'atExit' },
    },
    rounds,
    sliceMs: 1_000,
  });
  console.log(tableOf(result));
  console.log(JSON.stringify(figuresOf(result, rounds)));
}

function tableOf({ scores }: ContestResult): string {
  const table = new Table({
    head: ['', 'a second', 'min', 'max', 'a CPU second', 'ours is faster', 'heap MiB'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const [name, { perSecond, perCpuSecond, firstIsFaster, leftover }] of Object.entries(scores))
    table.push([
      name,
      ...[perSecond.median, perSecond.min, perSecond.max, perCpuSecond.median].map((rate) => rate.toFixed(0)),
      name === ours ? '' : `${firstIsFaster.median.toFixed(2)} x`,
      leftover.heapMb.toFixed(1),
    ]);
  return table.toString();
}

function figuresOf({ scores, onOneCore }: ContestResult, rounds: number): Readonly<Record<string, unknown>> {
  const [trials, steps, exits] = [ours, perStep, atExit].map((name) => scores[name] as Score) as [
    Score,
    Score,
    Score,
  ];
  return {
    trialsPerSecond: rounded(trials.perSecond.median),
    ratioToLangGraph: rounded(steps.firstIsFaster.median),
    runsPerSecond: rounded(trials.perSecond.median * runsPerTrial),
    langGraphPerSecond: rounded(steps.perSecond.median),
    trials: { perSecond: ends(trials.perSecond), perCpuSecond: ends(trials.perCpuSecond) },
    langGraph: { perSecond: ends(steps.perSecond), perCpuSecond: ends(steps.perCpuSecond) },
    langGraphAtExit: { perSecond: ends(exits.perSecond), ratio: rounded(exits.firstIsFaster.median) },
    ratioByCpuTime: rounded(trials.perCpuSecond.median / steps.perCpuSecond.median),
    rounds,
    onOneCore,
    heapMb: trials.leftover.heapMb,
    rssMb: trials.leftover.rssMb,
    tally: trials.leftover.tally,
  };
}

function ends({ median, min, max }: Spread): Spread {
  return { median: rounded(median), min: rounded(min), max: rounded(max) };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
