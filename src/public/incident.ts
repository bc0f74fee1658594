// The incident door: what a suite made of a production trace needs, and nothing that takes long to load. Re-exports only.
export { readTrace } from '../campaign/read-trace.ts';
export { readRound } from '../campaign/incident/round-file.ts';
export { timesAround, type Round, type RoundStep } from '../loop/walked-round.ts';
export { readCassette } from '../llm/cassette/cassette-file.ts';
export { playback, type PlaybackParts } from '../llm/cassette/playback.ts';
export { recordedTeam, type RecordedTeamParts } from '../subject/recorded-team.ts';
export { recordedTools } from '../subject/recorded-tools.ts';
