// The invariants, numbered as in the design, and the check of a trace against them.
import type { Trace } from '../trace/trace.ts';
import { auditComplete } from './audit-complete.ts';
import { budgetsHold } from './books-balance.ts';
import { attemptsBounded } from './bounded-attempts.ts';
import { endsClean } from './clean-end.ts';
import { contextMovesByOne } from './context-versions.ts';
import { obligationsMirrored, replayGivesTheSameState } from './driver-findings.ts';
import { duplicatesHarmless } from './duplicates-harmless.ts';
import { effectsHappenOnce } from './effects-once.ts';
import { credentialsAndEpochsFence } from './fenced-credentials.ts';
import type { Invariant } from './invariant.ts';
import { keysBoundOnce } from './key-binding.ts';
import { eventsBounded, missionEndsOrWaits, unfinishedMeansPending } from './mission-ends.ts';
import { versionsStayPinned } from './pinned-versions.ts';
import { recoveryComplete } from './recovery-complete.ts';
import { indexTrace } from './trace-index.ts';
import { verdictOn, type Verdict } from './verdict.ts';
import { workIsReleased } from './work-released.ts';

/** Safety first, then liveness, each in order of its number. */
export const invariants: readonly Invariant[] = [
  replayGivesTheSameState,
  obligationsMirrored,
  keysBoundOnce,
  effectsHappenOnce,
  budgetsHold,
  contextMovesByOne,
  workIsReleased,
  credentialsAndEpochsFence,
  endsClean,
  attemptsBounded,
  auditComplete,
  versionsStayPinned,
  duplicatesHarmless,
  missionEndsOrWaits,
  unfinishedMeansPending,
  eventsBounded,
  recoveryComplete,
];

/** What must hold of work that passes from agent to agent: once, on the newest context, through its gate, to an end. */
export const handoffInvariants: readonly Invariant[] = [
  effectsHappenOnce,
  contextMovesByOne,
  workIsReleased,
  attemptsBounded,
  versionsStayPinned,
  duplicatesHarmless,
  missionEndsOrWaits,
  unfinishedMeansPending,
];

/** One verdict an invariant, in the order given. */
export function checkTrace(trace: Trace, against: readonly Invariant[] = invariants): readonly Verdict[] {
  const index = indexTrace(trace);
  return against.map((invariant) => verdictOn(invariant.id, invariant.check(index)));
}
