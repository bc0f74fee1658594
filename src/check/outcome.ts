// The outcome of a trial: one class, the first that matches, from a run under chaos and its fault-free control.
import type { Trace } from '../trace/trace.ts';
import { endingOf, type Ending } from './mission-ending.ts';
import type { Verdict } from './verdict.ts';
import { extraWork, workDone } from './work-done.ts';

/**
 * In order of precedence; the first that is true is the outcome.
 * - `error`: the harness failed, or the control did not reach an end of its own: the trial says nothing about chaos.
 * - `not exposed`: a plan was injected, and none of its faults reached the team.
 * - `hung`: the mission did not end; nothing more could happen, or a bound on time or events was hit.
 * - `silent failure`: it says done, and an invariant is broken or the result is not the control's; or it says degraded,
 *   and an invariant is broken. A degraded result may differ: it says so itself.
 * - `failed loudly`: it says failed or cancelled.
 * - `escalated`: it handed the mission to people.
 * - `degraded`: it went on without something, and says so.
 * - `recovered`: done, by more work than the control: retries, reworks, resumes, redeliveries or further calls.
 * - `absorbed`: done, by no more work than the control.
 */
export type Outcome =
  | 'error'
  | 'not exposed'
  | 'hung'
  | 'silent failure'
  | 'failed loudly'
  | 'escalated'
  | 'degraded'
  | 'recovered'
  | 'absorbed';

export interface Trial {
  readonly chaos: Trace;
  /** The same mission at the same seed without chaos. */
  readonly control: Trace;
  /** Whether the essence of the result equals the control's. */
  readonly essenceEqual: boolean;
  /** Of the run under chaos. */
  readonly verdicts: readonly Verdict[];
  /** False for a trial without a plan. */
  readonly injected: boolean;
}

export type Judgement =
  | { readonly outcome: 'error'; readonly source: 'harness' | 'control'; readonly reason: string }
  | { readonly outcome: Exclude<Outcome, 'error'>; readonly reason: string };

/** The outcomes that pass unless a scenario narrows them. */
export const acceptedOutcomes: readonly Outcome[] = ['escalated', 'degraded', 'recovered', 'absorbed'];

/** Names the outcome of a trial and says why. */
export function judge(trial: Trial): Judgement {
  const ending = endingOf(trial.chaos);
  const trouble = harnessTrouble(trial, ending);
  if (trouble !== null) return trouble;
  if (trial.injected && !wasWitnessed(trial.chaos))
    return { outcome: 'not exposed', reason: 'no fault of the plan reached the team' };
  return ending.kind === 'open' ? hung(ending) : judgeEnd(trial, ending);
}

/** An accepted outcome is a pass only while no invariant is broken; an unknown verdict does not fail a trial. */
export function passes(
  outcome: Outcome,
  verdicts: readonly Verdict[],
  accepted: readonly Outcome[] = acceptedOutcomes,
): boolean {
  return accepted.includes(outcome) && !verdicts.some(({ kind }) => kind === 'broken');
}

function harnessTrouble({ chaos, control }: Trial, ending: Ending): Judgement | null {
  if (ending.kind === 'open' && ending.why === 'error')
    return { outcome: 'error', source: 'harness', reason: ending.detail };
  // A run that is its own control is what is judged, however it ended.
  if (control === chaos) return null;
  const twin = endingOf(control);
  if (twin.kind === 'open') {
    const source = twin.why === 'error' ? 'harness' : 'control';
    return {
      outcome: 'error',
      source,
      reason: `the control did not end: ${twin.why ?? 'unknown'} ${twin.detail}`.trimEnd(),
    };
  }
  return twin.end === 'failed' || twin.end === 'cancelled'
    ? { outcome: 'error', source: 'control', reason: `the control ended ${twin.end}: ${twin.reason}` }
    : null;
}

function wasWitnessed(trace: Trace): boolean {
  return trace.events.some(({ kind }) => kind === 'fault.witnessed');
}

function hung(ending: Ending & { readonly kind: 'open' }): Judgement {
  return {
    outcome: 'hung',
    reason: `the run stopped without an end (${ending.why ?? 'unknown'})${ending.detail === '' ? '' : `: ${ending.detail}`}`,
  };
}

function judgeEnd(trial: Trial, { end, reason }: Ending & { readonly kind: 'ended' }): Judgement {
  switch (end) {
    case 'failed':
    case 'cancelled':
      return { outcome: 'failed loudly', reason };
    case 'escalated':
      return { outcome: 'escalated', reason };
    case 'degraded': {
      const silent = brokenInvariant(trial);
      return silent === null
        ? { outcome: 'degraded', reason }
        : { outcome: 'silent failure', reason: silent };
    }
    case 'done':
      return judgeDone(trial);
  }
}

function judgeDone(trial: Trial): Judgement {
  const objections = [differingResult(trial), brokenInvariant(trial)].filter((text) => text !== null);
  if (objections.length > 0) return { outcome: 'silent failure', reason: objections.join('; ') };
  const extra = extraWork(workDone(trial.chaos), workDone(trial.control));
  return extra.length === 0
    ? { outcome: 'absorbed', reason: 'done with no more work than the control' }
    : { outcome: 'recovered', reason: `done with extra work: ${extra.join(', ')}` };
}

function differingResult({ essenceEqual }: Trial): string | null {
  return essenceEqual ? null : 'it says done, and the result differs from the control';
}

function brokenInvariant({ verdicts }: Trial): string | null {
  for (const verdict of verdicts)
    if (verdict.kind === 'broken')
      return `it says that all is well, and ${verdict.invariant} is broken: ${verdict.sentence}`;
  return null;
}
