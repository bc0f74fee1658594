// A verdict: what one trace says about one invariant.

/** The numbers of the invariants, S for safety and L for liveness. */
export type InvariantId =
  | 'S1'
  | 'S2'
  | 'S3'
  | 'S4'
  | 'S5'
  | 'S6'
  | 'S7'
  | 'S8'
  | 'S9'
  | 'S10'
  | 'S11'
  | 'S12'
  | 'S13'
  | 'L1'
  | 'L2'
  | 'L3'
  | 'L4';

/**
 * `broken` names the events (by `seq`, in the order in which the sentence speaks of them) that show the first breach.
 * `unknown` is for a trace that lacks what the invariant needs; it never stands for `held`.
 */
export type Ruling =
  | { readonly kind: 'held' }
  | { readonly kind: 'broken'; readonly seqs: readonly number[]; readonly sentence: string }
  | { readonly kind: 'unknown'; readonly reason: string };

export type Verdict = Ruling & { readonly invariant: InvariantId };

export const held: Ruling = Object.freeze({ kind: 'held' });

export function broken(sentence: string, ...seqs: readonly number[]): Ruling {
  return { kind: 'broken', seqs, sentence };
}

export function unknown(reason: string): Ruling {
  return { kind: 'unknown', reason };
}

/** Written out, because every trial asks for all of them, and an object spread costs more than many a check. */
export function verdictOn(invariant: InvariantId, ruling: Ruling): Verdict {
  switch (ruling.kind) {
    case 'held':
      return { invariant, kind: 'held' };
    case 'broken':
      return { invariant, kind: 'broken', seqs: ruling.seqs, sentence: ruling.sentence };
    case 'unknown':
      return { invariant, kind: 'unknown', reason: ruling.reason };
  }
}

/** The first ruling that is broken, else the first that is unknown, else held: the worst of several. */
export function worst(...rulings: readonly Ruling[]): Ruling {
  return (
    rulings.find(({ kind }) => kind === 'broken') ?? rulings.find(({ kind }) => kind === 'unknown') ?? held
  );
}
