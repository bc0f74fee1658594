// The main door: teams, doubles, subjects and what a suite needs. Re-exports only.
export { defineTeam, type Team } from '../team/team.ts';
export type {
  AgentContract,
  GateSubject,
  QualityGate,
  TeamContract,
  ToolContract,
} from '../team/contract.ts';
export type { Mission } from '../team/mission.ts';
export type { Answer, Ask, Message, ToolCall } from '../team/ask.ts';
export type { Doubles, HumanDouble, ModelDouble, ModelRequest, Pace, ToolDouble } from '../llm/double.ts';
export { everydayPace } from '../llm/double.ts';
export type { RunPlan, Subject } from '../engine/run.ts';
export type { Json, JsonObject } from '../base/json.ts';
export { isJsonObject } from '../base/json.ts';
export { createRandom, type Random } from '../base/random.ts';
export { checkInput, checkOutput } from '../team/output-check.ts';
export { composeMessages } from '../team/prompt.ts';
export type { HumanAnswer, HumanQuestion, ToolCallRequest } from '../llm/double.ts';
export type { Trace } from '../trace/trace.ts';
export type { TraceEvent } from '../trace/event.ts';
export { stewardTeam, type StewardTeamParts } from '../subject/steward-team.ts';
export { mergeCassettes, record, type RecordParts } from '../llm/cassette/record.ts';
export { replay, type ReplayParts } from '../llm/cassette/cassette.ts';
export { cassetteText, parseCassette, readCassette, writeCassette } from '../llm/cassette/cassette-file.ts';
export { cassettes, type CassettesParts } from '../llm/cassette/cassettes.ts';
export type { Cassette } from '../llm/cassette/recording.ts';
export { httpFunction, type HttpFunctionParts } from '../subject/http-function.ts';
export type { Route } from '../subject/route.ts';
export { refuse, say, useTool, useTools, type AnswerDraft } from '../llm/answer-draft.ts';
export {
  failWith,
  script,
  type AgentScript,
  type ScriptFunction,
  type ScriptParts,
  type ScriptStep,
} from '../llm/script.ts';
export { faked, type FakedParts } from '../llm/faked/faked.ts';
export { scriptFile } from '../llm/script-file/script-file.ts';
export { SpoiltCall } from '../llm/spoilt-call.ts';
export { FailedCall } from '../llm/failed-call.ts';
export type { Attribution, AttributionRule } from '../llm/attribution.ts';
export type { HandoffSign, HandoffSigns } from '../subject/handoff-sign.ts';
export type { Recorder } from '../llm/cassette/record.ts';
export type { TeamPorts } from '../subject/http-run.ts';
export type { ApprovalRoute, HandoffRoute, RouteRequest, ToolRoute } from '../subject/route.ts';
export { findLoops } from '../loop/find-loops.ts';
export { isFault, type Loop, type LoopKind } from '../loop/loop.ts';
export { createLoopWatch, type LoopWatch } from '../loop/loop-watch.ts';
