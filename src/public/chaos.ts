// The chaos door: plans, triggers and the catalogue of faults.
export { catalogueRow, faultOf, faults } from '../chaos/catalogue.ts';
export type { CatalogueRow, FaultKind } from '../chaos/catalogue.ts';
export type { Fault, FaultFamily } from '../chaos/fault.ts';
export { createInjector, quietInjector } from '../chaos/injector.ts';
export type { Bent, Firing, Injector, InjectorParts } from '../chaos/injector.ts';
export type { Crossing, CrossingLayer, CrossingPhase } from '../chaos/crossing.ts';
export type {
  ApprovalOutcome,
  CrashPoint,
  Delivery,
  GateOutcome,
  HandoffOutcome,
  ModelOutcome,
  OutcomeByLayer,
  ProcessOutcome,
  ToolOutcome,
} from '../chaos/outcome.ts';
export { parsePlan } from '../chaos/parse-plan.ts';
export type { PlanPlace } from '../chaos/parse-plan.ts';
export { inject, plan } from '../chaos/plan-builder.ts';
export type { ParametersOf } from '../chaos/plan-builder.ts';
export type { Injection, Plan, Scope, Trigger } from '../chaos/plan.ts';
export {
  after,
  always,
  and,
  between,
  burst,
  cooldown,
  every,
  markov,
  max,
  not,
  nth,
  onAgent,
  onEdge,
  onRecord,
  onTool,
  or,
  probability,
  until,
} from '../chaos/triggers.ts';
export { unsatisfiable } from '../chaos/unsatisfiable.ts';
