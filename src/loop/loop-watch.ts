// Loop detection on line: events go in one by one, and a loop is told when it is certain. Memory is bounded.
import { Recent } from '../base/recent.ts';
import type { TraceEvent } from '../trace/event.ts';
import { VoiceChains } from './voice-chains.ts';
import { mayGoOn, type Chain } from './chain.ts';
import { errandLoop } from './errand.ts';
import { ErrandWatch, stallsMin } from './errand-watch.ts';
import { explain, isEvidence, roundsMin } from './explain.ts';
import { isFault, type Loop } from './loop.ts';
import { RestartWatch } from './restart-watch.ts';
import { roundLimits, type RoundLimits } from './round.ts';
import type { Step } from './step.ts';
import { StepReader } from './step-reader.ts';

/** Voices that are listened to at a time, chains that are open at a time, and loops that are remembered to the end. */
const voicesMax = 256;
const chainsMax = 512;
const settledMax = 4_096;

/** Give it each event of one run, in order. */
export interface LoopWatch {
  /** The loop that this event makes certain, once for each; iterations are not told. Null for most events. */
  onEvent(event: TraceEvent): Loop | null;
  /** All loops up to now, by first step, iterations among them. */
  end(): readonly Loop[];
}

/** `limits`: for whoever measures how much hangs on them. */
export function createLoopWatch(limits: RoundLimits = roundLimits): LoopWatch {
  return new ChainWatch(limits);
}

/** Only now and then, so that a loop that goes on for ever costs no more than any other steps: 3, 4, 8, 16... rounds. */
function isTurningPoint(count: number): boolean {
  return count === roundsMin || (count > roundsMin && (count & (count - 1)) === 0);
}

class ChainWatch implements LoopWatch {
  readonly #reader = new StepReader();
  readonly #voices = new Recent<VoiceChains>(voicesMax);
  readonly #restart = new RestartWatch();
  readonly #errands: ErrandWatch;
  /** Chains long enough to be loops. */
  #ripe = new Set<Chain>();
  /** Loops of chains that nothing can join any more. */
  #settled: Loop[] = [];
  #novel = 0;
  #told: Loop[] = [];

  constructor(limits: RoundLimits) {
    this.#errands = new ErrandWatch(limits);
  }

  onEvent(event: TraceEvent): Loop | null {
    const step = this.#reader.read(event);
    const errand = this.#errands.add(event, this.#reader.place);
    const alarm = errand?.stalls === stallsMin ? this.#tell(errandLoop(errand)) : null;
    return step === null ? alarm : (this.#stepped(step) ?? alarm);
  }

  #stepped(step: Step): Loop | null {
    const chains = this.#chainsOf(`${step.kind} ${step.agent} ${step.scope}`).add(step, this.#novel);
    if (chains.every(({ bond, count }) => count === 1 || bond === 'manner')) this.#novel += 1;
    const restarted = this.#restart.add(step) !== null;
    for (const chain of chains) if (chain.count >= roundsMin) this.#keep(chain, step.place);
    const isRipe = chains.some((chain) => isTurningPoint(chain.count) && isEvidence(chain));
    return restarted || isRipe ? this.#alarm(step) : null;
  }

  end(): readonly Loop[] {
    return explain({
      chains: [...this.#ripe],
      restart: this.#restart.found,
      errands: this.#errands.found,
      settled: this.#settled,
    });
  }

  #chainsOf(voice: string): VoiceChains {
    const known = this.#voices.get(voice);
    if (known !== undefined) return known;
    const chains = new VoiceChains();
    this.#voices.set(voice, chains);
    return chains;
  }

  #keep(chain: Chain, place: number): void {
    this.#ripe.add(chain);
    if (this.#ripe.size <= chainsMax) return;
    this.#settle(place);
    if (this.#ripe.size <= chainsMax / 2) return;
    const strongest = [...this.#ripe].sort((one, other) => other.count - one.count);
    this.#ripe = new Set(strongest.slice(0, chainsMax / 2)).add(chain);
  }

  /** Chains that have ended are explained for good, so that a long trace loses none of its loops. */
  #settle(place: number): void {
    const ended = [...this.#ripe].filter((chain) => !mayGoOn(chain, place));
    for (const chain of ended) this.#ripe.delete(chain);
    this.#settled.push(...explain({ chains: ended, restart: null, errands: [], settled: [] }));
    if (this.#settled.length <= settledMax) return;
    this.#settled = this.#settled.filter(isFault).slice(-settledMax / 2);
  }

  #alarm(step: Step): Loop | null {
    const live = [...this.#ripe].filter(({ last }) => step.place - last.place <= chainsMax);
    const evidence = { chains: live, restart: this.#restart.found, errands: [], settled: [] };
    const loop = explain(evidence).findLast(
      (one) => isFault(one) && one.lastStep === step.place && one.agents.includes(step.agent),
    );
    return loop === undefined ? null : this.#tell(loop);
  }

  /** A loop that goes on was told before. */
  #tell(loop: Loop): Loop | null {
    const known = this.#told.some(
      (told) => told.lastStep >= loop.firstStep && told.agents.some((agent) => loop.agents.includes(agent)),
    );
    this.#told = this.#told.filter(({ lastStep }) => lastStep >= loop.firstStep).slice(-chainsMax);
    if (!known) this.#told.push(loop);
    return known ? null : loop;
  }
}
