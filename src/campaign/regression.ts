// Regressions: failing plans kept for good, and run first the next time.
import { z } from 'zod';
import { isJsonObject } from '../base/json.ts';
import { MusterError } from '../base/muster-error.ts';
import { parsePlan } from '../chaos/parse-plan.ts';
import type { Plan } from '../chaos/plan.ts';

export interface Regression {
  readonly schemaVersion: 1;
  readonly id: string;
  readonly scenario: string;
  readonly seed: number;
  readonly plan: Plan;
  readonly outcome: string;
  readonly why: string;
}

const fileSchema = z.object({
  schemaVersion: z.literal(1),
  id: z.string().min(1),
  scenario: z.string().min(1),
  seed: z.number().int().min(0),
  plan: z.unknown(),
  /** Failure files hold the smallest plan beside the one that was found. */
  shrunk: z.unknown().optional(),
  outcome: z.string(),
  why: z.string(),
});

/** Stands for no chaos at all: the seed alone is the reproduction. */
export const calmPlan: Plan = { schemaVersion: 1, name: 'none', hypothesis: '', injections: [] };

/** Reads a regression or failure file. Throws `REGRESSION_CORRUPT` with the place, or the plan's own error. */
export function parseRegression(text: string, place: string): Regression {
  const result = fileSchema.safeParse(jsonOf(text, place));
  if (!result.success) {
    const issue = result.error.issues[0];
    throw corrupt(`${place}, ${issue?.path.join('.') || 'top'}`, issue?.message ?? 'not a regression file');
  }
  const { plan: found, shrunk, ...rest } = result.data;
  const plan = shrunk ?? found;
  return { ...rest, plan: isCalm(plan) ? calmPlan : parsePlan(plan, { place: `${place}, plan` }) };
}

function isCalm(plan: unknown): boolean {
  if (!isJsonObject(plan)) return false;
  const { name, injections } = plan;
  return name === calmPlan.name && Array.isArray(injections) && injections.length === 0;
}

function jsonOf(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw corrupt(place, error instanceof Error ? error.message : 'not JSON');
  }
}

function corrupt(place: string, message: string): MusterError {
  return new MusterError({
    code: 'REGRESSION_CORRUPT',
    place,
    message,
    hint: 'restore the file from version control, or delete it to forget this regression',
  });
}
