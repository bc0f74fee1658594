// Builders of plans, for plans written in code.
import type { z } from 'zod';
import type { JsonObject } from '../base/json.ts';
import type { FaultKind, FaultOfKind } from './catalogue.ts';
import { faultFor } from './fault-reading.ts';
import type { Injection, Plan, Scope, Trigger } from './plan.ts';

/** A named plan. What is wrong with it beyond its faults' parameters is said by `parsePlan`. */
export function plan(name: string, hypothesis: string, injections: readonly Injection[]): Plan {
  return { schemaVersion: 1, name, hypothesis, injections };
}

/** Parameters as one writes them: those with a default may be left out. */
export type ParametersOf<K extends FaultKind> = z.input<FaultOfKind<K>['parameters']>;

/** An injection with complete parameters; throws `MusterError` PLAN_UNKNOWN_FAULT or PLAN_BAD_PARAMETERS. */
export function inject<K extends FaultKind>(
  kind: K,
  parameters: ParametersOf<K>,
  trigger: Trigger,
  scope?: Scope,
): Injection {
  const read = faultFor({ fault: { ...(parameters as JsonObject), kind } }, `inject('${kind}')`);
  const fault = { kind, ...(read.parameters as JsonObject) };
  return scope === undefined ? { fault, trigger } : { fault, trigger, scope };
}
