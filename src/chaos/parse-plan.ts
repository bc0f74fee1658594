// Parsing a plan: from any value to a plan that names known faults and a real team, and whose triggers can fire.
import { MusterError } from '../base/muster-error.ts';
import type { JsonObject } from '../base/json.ts';
import { faultFor } from './fault-reading.ts';
import { issuePath } from './issue-path.ts';
import { namesIn, type NamedPart } from './plan-names.ts';
import { planSchema } from './plan-schema.ts';
import type { Injection, Plan } from './plan.ts';
import { unsatisfiable } from './unsatisfiable.ts';

/** Where a plan stands, for its errors, and the team it is meant for; names are not checked where a list is absent. */
export interface PlanPlace {
  readonly place: string;
  readonly agents?: readonly string[];
  readonly tools?: readonly string[];
}

/**
 * The plan with the defaults of all fault parameters filled in. Throws `MusterError`: PLAN_INVALID, PLAN_EMPTY,
 * PLAN_UNKNOWN_FAULT, PLAN_BAD_PARAMETERS, PLAN_UNKNOWN_AGENT, PLAN_UNKNOWN_TOOL, PLAN_UNSATISFIABLE.
 */
export function parsePlan(value: unknown, where: PlanPlace): Plan {
  const plan = readShape(value, where.place);
  if (plan.injections.length === 0) {
    throw new MusterError({
      code: 'PLAN_EMPTY',
      place: `${where.place}.injections`,
      message: `the plan '${plan.name}' injects nothing`,
      hint: 'A plan needs at least one injection. For a run without chaos, give no plan.',
    });
  }
  const injections = plan.injections.map((injection, index) =>
    readInjection(injection, { ...where, place: `${where.place}.injections[${index}]` }),
  );
  return { ...plan, injections };
}

function readShape(value: unknown, place: string): Plan {
  const read = planSchema.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new MusterError({
    code: 'PLAN_INVALID',
    place: `${place}${issuePath(issue?.path ?? [])}`,
    message: `this is not a chaos plan: ${issue?.message ?? 'unreadable'}`,
    value: valueAt(value, issue?.path ?? []),
    hint: 'A plan is { schemaVersion: 1, name, hypothesis, injections: [{ fault, trigger, scope? }] }',
  });
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at: unknown = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<PropertyKey, unknown>)[part];
  }
  return at;
}

function readInjection(injection: Injection, where: PlanPlace): Injection {
  const { fault, parameters } = faultFor(injection, `${where.place}.fault`);
  const complete = { ...injection, fault: { kind: fault.kind, ...(parameters as JsonObject) } };
  for (const part of namesIn(complete, where.place)) checkName(part, where);
  const why = unsatisfiable(injection.trigger, { layer: fault.layer, scope: injection.scope });
  if (why === null) return complete;
  throw new MusterError({
    code: 'PLAN_UNSATISFIABLE',
    place: `${where.place}.trigger`,
    message: `this trigger can never fire: ${why}`,
    value: injection.trigger,
    hint: `${fault.kind} is a fault of the ${fault.layer} layer; numbers are 1-based`,
  });
}

/** The process is nobody's agent, so the steward's own name is always known. */
function checkName({ sort, name, place }: NamedPart, where: PlanPlace): void {
  const known = sort === 'agent' ? where.agents : where.tools;
  if (known === undefined || known.includes(name) || (sort === 'agent' && name === 'steward')) return;
  throw new MusterError({
    code: sort === 'agent' ? 'PLAN_UNKNOWN_AGENT' : 'PLAN_UNKNOWN_TOOL',
    place,
    message: `the team has no ${sort} of this name`,
    value: name,
    hint: known.length === 0 ? `It has no ${sort}s at all.` : `It has: ${known.join(', ')}`,
  });
}
