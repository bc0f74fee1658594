// From chains to loops: chains that go round together are one loop, and the best explanation of a stretch is kept.
import { periodOf, type Chain } from './chain.ts';
import { errandLoop, type Errand } from './errand.ts';
import { isFault, type Loop, type LoopKind } from './loop.ts';
import type { Restart } from './restart-watch.ts';
import type { Step } from './step.ts';
import { share, stretchOf, type Ring } from './ring.ts';
import { tell } from './telling.ts';

/** Rounds before the same deed is called a loop. */
export const roundsMin = 3;
/** Rounds before nearly the same words are: they prove less. */
const wordingsMin = 4;
/** A payload with fewer words than these says nothing by itself: handing it on twice is no loop unless it comes back. */
const payloadWordsMin = 8;
/** A short saying that comes again while other things go on is a refrain. Words. */
const refrainWordsMax = 12;
/** Share of a round that must be old, for a refrain to be a loop. */
const oldShareMin = 0.5;
/** Two stretches are the same one from this share of the shorter on. */
const overlapMin = 0.5;
/** Arguments that differ are the same intent from this likeness on. */
const intentMin = 0.4;

/** What loops are made of. `settled` are those of chains that ended long ago. */
export interface Evidence {
  readonly chains: readonly Chain[];
  readonly restart: Restart | null;
  readonly errands: readonly Errand[];
  readonly settled: readonly Loop[];
}

export function explain({ chains, restart, errands, settled }: Evidence): readonly Loop[] {
  const rings = best(gathered(chains.filter(isEvidence)).flatMap(ringOf));
  const loops = withErrands([...settled, ...rings.map(tell)], errands.map(errandLoop));
  if (restart === null) return loops.sort(inOrder);
  const told = restartLoop(restart);
  if (loops.some((loop) => isToAndFro(loop) && share(loop, told) >= overlapMin)) return loops.sort(inOrder);
  return [told, ...loops.filter((loop) => share(loop, told) < overlapMin)].sort(inOrder);
}

/** What is passed straight back is no beginning that is gone through anew, even if it was there from the beginning. */
function isToAndFro({ kind, edges }: Loop): boolean {
  const back = edges.map((edge) => edge.split('->').reverse().join('->'));
  return kind === 'exchange' && edges.length > 0 && back.every((edge) => edges.includes(edge));
}

const inOrder = (one: Loop, other: Loop): number =>
  one.firstStep - other.firstStep || one.lastStep - other.lastStep;

/** Whether the chain says anything by itself. */
export function isEvidence(chain: Chain): boolean {
  if (chain.count < (chain.bond === 'likeness' ? wordingsMin : roundsMin)) return false;
  if (chain.last.kind !== 'said' || chain.last.print.words > refrainWordsMax) return true;
  const others = chain.last.place - chain.first.place - (chain.count - 1);
  const novel = Math.max(0, chain.novelLast - chain.novelFirst - 1);
  return others - novel >= oldShareMin * others;
}

/** An errand explains what is worded alike in it, and is explained by the same deeds over most of its length. */
function withErrands(loops: readonly Loop[], errands: readonly Loop[]): Loop[] {
  const isIn = (one: Loop, other: Loop): boolean =>
    one.agents.some((agent) => other.agents.includes(agent)) && share(one, other) >= overlapMin;
  const length = ({ firstStep, lastStep }: Loop): number => lastStep - firstStep + 1;
  const kept = errands.filter(
    (errand) =>
      !loops.some(
        (loop) =>
          isFault(loop) &&
          loop.kind !== 'rewording' &&
          isIn(loop, errand) &&
          length(loop) >= overlapMin * length(errand),
      ),
  );
  const explained = (loop: Loop): boolean =>
    loop.kind === 'rewording' && kept.some((errand) => isIn(loop, errand));
  return [...loops.filter((loop) => !explained(loop)), ...kept];
}

/** The same said of one thing after the other. */
const isWalk = ({ items, count }: Chain): boolean => items * 2 > count - 1;

const isProgress = ({ news, count }: Chain): boolean => news * 2 > count - 1;

function kindOfChain(chain: Chain): LoopKind {
  const { bond, first, last, count } = chain;
  if (last.rejections - first.rejections >= count - 1) return 'rework';
  if (bond === 'likeness') return isWalk(chain) ? 'iteration' : 'rewording';
  if (bond === 'manner')
    return !isProgress(chain) && chain.likeness / (count - 1) >= intentMin ? 'rewording' : 'iteration';
  if (isProgress(chain)) return 'iteration';
  return (last.turn - first.turn) / (count - 1) < 1.5 ? 'repeat' : 'retry';
}

/** Chains of one bond that begin and end within a round of each other go round together. */
function gathered(chains: readonly Chain[]): readonly (readonly Chain[])[] {
  const groups: Chain[][] = [];
  for (const chain of [...chains].sort((one, other) => one.first.place - other.first.place)) {
    const home = groups.findLast((group) => goesWith(group[0]!, chain));
    if (home === undefined) groups.push([chain]);
    else home.push(chain);
  }
  return groups;
}

function goesWith(one: Chain, other: Chain): boolean {
  const round = Math.max(periodOf(one), periodOf(other));
  const isIteration = (chain: Chain): boolean => kindOfChain(chain) === 'iteration';
  return (
    (one.bond === 'deed') === (other.bond === 'deed') &&
    isIteration(one) === isIteration(other) &&
    Math.abs(one.first.place - other.first.place) <= round &&
    Math.abs(one.last.place - other.last.place) <= round
  );
}

function ringOf(chains: readonly Chain[]): readonly Ring[] {
  if (
    chains.every(({ last }) => last.kind === 'handed' && last.print.words < payloadWordsMin) &&
    !comesBack(chains)
  )
    return [];
  const period = votedPeriod(chains);
  const counts = chains.filter((chain) => periodOf(chain) === period).map(({ count }) => count);
  const repetitions = counts.sort((one, other) => one - other)[counts.length >> 1] ?? 0;
  return [{ chains, period, repetitions, kind: kindOf(chains, period) }];
}

/** The distance that most chains have; of two, the longer: a deed may come twice in a round. */
function votedPeriod(chains: readonly Chain[]): number {
  const votes = new Map<number, number>();
  for (const chain of chains) votes.set(periodOf(chain), (votes.get(periodOf(chain)) ?? 0) + 1);
  return [...votes].sort(([one, ones], [other, others]) => others - ones || other - one)[0]?.[0] ?? 0;
}

function comesBack(chains: readonly Chain[]): boolean {
  const edges = chains.map(({ last }) => last.edge?.split('->') ?? []);
  const sources = new Set(edges.map(([from]) => from));
  return edges.every(([, to]) => sources.has(to));
}

function kindOf(chains: readonly Chain[], period: number): LoopKind {
  const [first] = chains;
  const agents = new Set(chains.map(({ last }) => last.agent));
  const handed = chains.filter(({ last }) => last.kind === 'handed');
  if (handed.length > 1 && handed.length === chains.length && handed.length === period) return 'waitingRing';
  if (chains.some((chain) => kindOfChain(chain) === 'rework')) return 'rework';
  const kind = first === undefined ? 'repeat' : kindOfChain(first);
  const converse = handed.length > 1 || (agents.size > 1 && chains.every(({ last }) => last.kind !== 'used'));
  return converse && kind !== 'iteration' && kind !== 'rewording' ? 'exchange' : kind;
}

const rank = ({ chains, kind }: Ring): number =>
  (kind === 'iteration' ? 0 : 1e6) + (chains[0]?.bond === 'deed' ? 5e5 : 0);

/** Of rings that share agents and a stretch, the strongest explains it. */
function best(rings: readonly Ring[]): readonly Ring[] {
  const weight = (ring: Ring): number => rank(ring) + ring.chains.reduce((sum, { count }) => sum + count, 0);
  const kept: Ring[] = [];
  for (const ring of [...rings].sort((one, other) => weight(other) - weight(one)))
    if (!kept.some((other) => isExplained(ring, other))) kept.push(ring);
  return kept;
}

function isExplained(ring: Ring, other: Ring): boolean {
  const agents = new Set(other.chains.map(({ last }) => last.agent));
  if (!ring.chains.some(({ last }) => agents.has(last.agent))) return false;
  return share(stretchOf(ring), stretchOf(other)) >= overlapMin;
}

function restartLoop({ steps, first, second, last, count, period }: Restart): Loop {
  const distinct = (values: readonly (string | null)[]): readonly string[] => [
    ...new Set(values.filter((value) => value !== null)),
  ];
  const agents = distinct(steps.map(({ agent }) => agent));
  const spent = (step: Step): number => step.agentTokens;
  return {
    kind: 'restart',
    agents,
    tools: distinct(steps.map(({ tool }) => tool)),
    edges: distinct(steps.map(({ edge }) => edge)),
    firstStep: first.place,
    lastStep: last.place,
    firstSeq: first.seq,
    lastSeq: last.seq,
    period,
    repetitions: count,
    tokens: Math.max(0, spent(last) - (last.agent === second.agent ? spent(second) : 0)),
    timeMs: last.atMs - second.atMs,
    progress: 'none: the same steps in the same order',
    reason: `the beginning is gone through anew ${count - 1} times, from step ${second.place} on`,
  };
}
