// The steward door: the core as a pure function, for those who drive it themselves.
export { obligations, step, type Decided } from '../steward/step.ts';
export { initialState, type StewardState } from '../steward/state.ts';
export type { Command, Obligation } from '../steward/command.ts';
export type { AnswerEvent, OutsideEvent, StewardEvent } from '../steward/event.ts';
export type { Note } from '../steward/note.ts';
export { drive, type Driven, type DriveParts } from '../engine/drive.ts';
export type { Engine, Fate } from '../engine/engine.ts';
export { blindOracle, WatchfulOracle, type Oracle } from '../engine/oracle.ts';
export { Recorder } from '../engine/recorder.ts';
export { replay } from '../engine/replay.ts';
