// The vitest door: the plugin for `vitest.config.ts`, scenarios and matchers for suites.
export { muster } from '../vitest/plugin.ts';
export { scenario } from '../vitest/scenario.ts';
export type { ScenarioOptions, ScenarioTools, TeamUnderTest } from '../vitest/scenario.ts';
export type { RecoveryBounds } from '../vitest/matchers.ts';
export type { TrialRun } from '../campaign/trial.ts';
export type { GatePolicy } from '../campaign/gate-policy.ts';
export { atLeast, noFailure } from '../campaign/gate-policy.ts';
