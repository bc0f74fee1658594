// The vitest door: the plugin for `vitest.config.ts`, scenarios and matchers for suites.
export { muster } from '../vitest/plugin.ts';
export { scenario } from '../vitest/scenario.ts';
export type { ScenarioOptions, ScenarioTools, TeamUnderTest } from '../vitest/scenario-options.ts';
export type { RecoveryBounds } from '../vitest/matchers.ts';
export type { TrialRun } from '../campaign/trial.ts';
export type { GatePolicy } from '../campaign/gate-policy.ts';
export { atLeast, noFailure } from '../campaign/gate-policy.ts';
export { twins, type TwinCase, type TwinOptions } from '../vitest/twins.ts';
export { anyPlan, anyTrigger, type PlanBounds } from '../campaign/generate/any-plan.ts';
export { anyMission } from '../campaign/generate/any-mission.ts';
export { anyHandoffSequence } from '../campaign/generate/any-handoff-sequence.ts';
export { handoffInvariants, invariants } from '../check/invariants.ts';
