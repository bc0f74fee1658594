// Unsatisfiable triggers: a static check that finds triggers which can never fire, and says why.
//
// Sound: a trigger that is called unsatisfiable never fires, whatever the run. Complete where all numbers in one
// alternative count the same crossings, as in `and(filters, anything without filters)`; elsewhere it may let one pass.
import type { CrossingLayer } from './crossing.ts';
import type { Scope, Trigger } from './plan.ts';
import {
  alternativesOf,
  type Alternative,
  type CountLiteral,
  type TimeLiteral,
} from './trigger-alternatives.ts';
import { subjectConflict } from './trigger-subjects.ts';

/** Which crossings the injection gets to see at all. */
export interface Reach {
  readonly layer: CrossingLayer;
  readonly scope: Scope | undefined;
}

/** Why the trigger can never fire, in words; null when it can, or when that cannot be told. */
export function unsatisfiable(trigger: Trigger, reach: Reach): string | null {
  const alternatives = alternativesOf(trigger);
  if (alternatives === null) return null;
  const reasons = new Set<string>();
  for (const alternative of alternatives) {
    const reason = conflictIn(alternative, reach);
    if (reason === null) return null;
    reasons.add(reason);
  }
  return reasons.size === 0 ? 'it has no alternative at all' : [...reasons].join('; and ');
}

function conflictIn(alternative: Alternative, { layer, scope }: Reach): string | null {
  const never = alternative.nevers[0];
  if (never !== undefined) return never;
  return (
    subjectConflict(alternative.subjects, layer, scope) ??
    timeConflict(alternative.times) ??
    countConflicts(alternative.counts)
  );
}

function timeConflict(times: readonly TimeLiteral[]): string | null {
  const from = Math.max(0, ...times.map((time) => time.fromMs));
  const to = Math.min(Infinity, ...times.map((time) => time.toMs));
  return from < to ? null : `no time is ${times.map((time) => time.text).join(' and ')}`;
}

/** Numbers that count the same crossings are judged together. */
function countConflicts(counts: readonly CountLiteral[]): string | null {
  const populations = new Set(counts.map((literal) => literal.population));
  for (const population of populations) {
    const conflict = countConflict(counts.filter((literal) => literal.population === population));
    if (conflict !== null) return conflict;
  }
  return null;
}

/** Numbers that are tried before the check gives up and believes in the trigger. */
const countsTried = 100_000;

/** From some number on the literals repeat with a common period, so one round beyond it decides. */
function countConflict(group: readonly CountLiteral[]): string | null {
  const from = Math.max(1, ...group.map((literal) => literal.from));
  const settled = Math.max(from, ...group.map((literal) => literal.settled));
  const period = group.reduce((joint, literal) => leastCommonMultiple(joint, literal.period), 1);
  const to = Math.min(settled + period, ...group.map((literal) => literal.to));
  if (to - from > countsTried) return null;
  for (let count = from; count <= to; count += 1) {
    if (group.every((literal) => literal.includes(count))) return null;
  }
  const texts = group.map((literal) => literal.text).join(' and ');
  return group.length === 1 ? `no crossing is ever ${texts}` : `no crossing is at once ${texts}`;
}

function leastCommonMultiple(one: number, other: number): number {
  let [rest, divisor] = [one, other];
  while (divisor !== 0) [rest, divisor] = [divisor, rest % divisor];
  return (one / rest) * other;
}
