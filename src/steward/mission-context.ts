// The mission context: slices for agents, atomic commits with a base version, conflicts and drift. Invariant S6.
import { canonicalJson } from '../base/canonical.ts';
import type { Json, JsonObject } from '../base/json.ts';
import { teamOf, definitionOf, type Desk } from './desk.ts';
import type { Assignment, StewardState } from './state.ts';

/** Puts a mission's first context in place, as version 1. */
export function openContext(desk: Desk, context: JsonObject): void {
  desk.state.contextVersion = 1;
  for (const key of ownKeys(context)) {
    desk.state.context[key] = {
      value: context[key] as Json,
      version: 1,
      by: 'mission',
      atMs: desk.state.atMs,
    };
  }
}

/** Gives an assignment the newest slice: the keys its agent reads, and every constraint. */
export function refreshSlice(desk: Desk, assignment: Assignment): void {
  const { state } = desk;
  const slice: Record<string, Json> = {};
  const keys = visibleKeys(state, assignment);
  for (const key of keys) {
    const entry = state.context[key];
    if (entry !== undefined) slice[key] = entry.value;
  }
  assignment.slice = slice;
  assignment.baseVersion = state.contextVersion;
  desk.notes.push({
    kind: 'context.read',
    agent: assignment.agent,
    assignment: assignment.id,
    version: state.contextVersion,
    keys,
  });
}

/** Keys that moved since the assignment read them, so that its work no longer stands. */
export function driftedKeys(
  state: StewardState,
  assignment: Assignment,
  patch: JsonObject,
): readonly string[] {
  if (state.contextVersion === assignment.baseVersion) return [];
  const keys = teamOf(state).context;
  const moved = (key: string): boolean => (state.context[key]?.version ?? 0) > assignment.baseVersion;
  const drifted: string[] = [];
  for (const key of visibleKeys(state, assignment)) {
    if (moved(key) && (keys[key]?.constraint === true || keys[key]?.merge === 'reject')) drifted.push(key);
  }
  for (const key of Object.keys(patch)) {
    if (moved(key) && keys[key]?.merge === 'reject' && !drifted.includes(key)) drifted.push(key);
  }
  return drifted;
}

/** Merges a patch by each key's policy and gives the context its next version. */
export function commitPatch(
  desk: Desk,
  write: {
    readonly agent: string;
    readonly assignment: string;
    readonly base: number;
    readonly patch: JsonObject;
  },
): void {
  const { state } = desk;
  const version = state.contextVersion + 1;
  const accepted: Record<string, Json> = {};
  for (const key of ownKeys(write.patch)) {
    const rule = teamOf(state).context[key];
    if (rule?.merge === 'ownerOnly' && rule.owner !== write.agent) continue;
    const value = write.patch[key] as Json;
    accepted[key] = value;
    const merged = mergeValue(rule?.merge ?? 'reject', state.context[key]?.value, value);
    state.context[key] = { value: merged, version, by: write.agent, atMs: state.atMs };
  }
  state.contextVersion = version;
  state.exchanges = {};
  desk.notes.push({
    kind: 'context.committed',
    agent: write.agent,
    assignment: write.assignment,
    base: write.base,
    version,
    patch: accepted,
  });
}

/** The values of the context without their provenance. */
export function contextValues(state: StewardState): JsonObject {
  const values: Record<string, Json> = {};
  for (const key of Object.keys(state.context)) values[key] = state.context[key]?.value as Json;
  return values;
}

function visibleKeys(state: StewardState, assignment: Assignment): readonly string[] {
  const { reads } = definitionOf(state, assignment.agent, assignment.version);
  const { context } = teamOf(state);
  const visible = [...reads];
  for (const key of Object.keys(context))
    if (context[key]?.constraint === true && !visible.includes(key)) visible.push(key);
  return visible;
}

/** `__proto__` is no key: writing it would change what the record inherits, and no reader of JSON would see it. */
function ownKeys(values: JsonObject): readonly string[] {
  return Object.keys(values).filter((key) => key !== '__proto__');
}

function mergeValue(policy: string, old: Json | undefined, value: Json): Json {
  if (old === undefined) return value;
  if (policy === 'append') return [...list(old), ...list(value)];
  if (policy === 'add' && typeof old === 'number' && typeof value === 'number') return old + value;
  if (policy !== 'union') return value;
  const seen = new Set(list(old).map(canonicalJson));
  return [...list(old), ...list(value).filter((item) => !seen.has(canonicalJson(item)))];
}

function list(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}
