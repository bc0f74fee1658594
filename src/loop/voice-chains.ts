// The chains that one voice has open: each step joins those that it continues, or opens its own.
import { Recent } from '../base/recent.ts';
import { Boilerplate } from './boilerplate.ts';
import { isDue, joinChain, startChain, type Chain } from './chain.ts';
import type { Step } from './step.ts';

/** Texts are near the same from this share of phrases in common on. */
const likenessMin = 0.5;
/** Texts with fewer words than these have no wording to compare. */
const wordsMin = 8;
/** Chains by likeness that are open at a time. */
const wordingsMax = 12;
const deedsMax = 1_024;

/** A voice: what an agent says, uses or hands on within one assignment. */
export class VoiceChains {
  readonly #habits = new Boilerplate();
  readonly #deeds = new Recent<Chain>(deedsMax);
  readonly #manners = new Recent<Chain>(deedsMax);
  #wordings: Chain[] = [];

  /** The chains that the step is now the last of; `novel` counts the new things done by anybody before. */
  add(step: Step, novel: number): readonly Chain[] {
    if (step.kind !== 'used') this.#habits.add(step.print);
    const chains = [this.#keyed('deed', step.deed, step, novel)];
    if (step.manner !== null) chains.push(this.#keyed('manner', step.manner, step, novel));
    if (step.kind === 'said' && step.print.words >= wordsMin) chains.push(this.#worded(step, novel));
    return chains;
  }

  #keyed(bond: 'deed' | 'manner', key: string, step: Step, novel: number): Chain {
    const chains = bond === 'deed' ? this.#deeds : this.#manners;
    const known = chains.get(key);
    if (known !== undefined && isDue(known, step)) {
      joinChain(known, step, this.#habits, novel);
      return known;
    }
    const chain = startChain(bond, step, novel);
    chains.set(key, chain);
    return chain;
  }

  #worded(step: Step, novel: number): Chain {
    let best: Chain | null = null;
    let likeness = likenessMin;
    for (const chain of this.#wordings) {
      const like = isDue(chain, step) ? this.#habits.likeness(chain.last.print, step.print) : 0;
      if (like >= likeness) [best, likeness] = [chain, like];
    }
    if (best === null) best = startChain('likeness', step, novel);
    else joinChain(best, step, this.#habits, novel);
    this.#wordings = [best, ...this.#wordings.filter((chain) => chain !== best)].slice(0, wordingsMax);
    return best;
  }
}
