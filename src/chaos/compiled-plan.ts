// A compiled plan: what is fixed for its injections whatever the run; read once, however many trials it serves.
import { frozen } from '../base/json.ts';
import { faultFor } from './fault-reading.ts';
import { injectionName } from './injection-name.ts';
import type { InjectionParts } from './injection-run.ts';
import type { Plan, Trigger } from './plan.ts';
import { compileScope } from './scope.ts';

export interface CompiledInjection extends Pick<
  InjectionParts,
  'index' | 'fault' | 'parameters' | 'inScope'
> {
  readonly trigger: Trigger;
  /**
   * It names the injection's random streams, and says what the injection says, not its place in the plan, so that adding
   * or taking away another shifts no draw of this one. Equal injections are told apart by a running number.
   */
  readonly name: string;
}

const compiled = new WeakMap<Plan, readonly CompiledInjection[]>();

/**
 * Freezes the plan: a change that came after this would go unseen, so it must not be possible. Throws `MusterError`
 * PLAN_UNKNOWN_FAULT or PLAN_BAD_PARAMETERS.
 */
export function compilePlan(plan: Plan): readonly CompiledInjection[] {
  let injections = compiled.get(plan);
  if (injections === undefined) compiled.set(frozen(plan), (injections = compileInjections(plan)));
  return injections;
}

function compileInjections(plan: Plan): readonly CompiledInjection[] {
  const twins = new Map<string, number>();
  return plan.injections.map((injection, index): CompiledInjection => {
    const { fault, parameters } = faultFor(injection, `injections[${index}].fault`);
    const name = injectionName(injection);
    const twin = (twins.get(name) ?? 0) + 1;
    twins.set(name, twin);
    return {
      index,
      fault,
      parameters,
      inScope: compileScope(injection.scope),
      trigger: injection.trigger,
      name: twin === 1 ? name : `${name}:${twin}`,
    };
  });
}
