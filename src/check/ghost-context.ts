// A ghost context: the mission context, merged a second time from the trace alone. Serves S6.
import { canonicalJson } from '../base/canonical.ts';
import type { Json, JsonObject } from '../base/json.ts';
import type { ContextKeyDefinition } from '../team/context.ts';

/** `versions` holds, for each key, the context version whose commit wrote it last. */
export interface GhostContext {
  version: number;
  readonly values: Map<string, Json>;
  readonly versions: Map<string, number>;
}

/** The context at version 1, before any agent has worked. */
export function openContext(context: JsonObject): GhostContext {
  const ghost: GhostContext = { version: 1, values: new Map(), versions: new Map() };
  for (const key of Object.keys(context)) write(ghost, key, context[key] as Json);
  return ghost;
}

/** Takes an accepted patch over as the next version, each key by its merge policy. */
export function applyPatch(
  ghost: GhostContext,
  patch: JsonObject,
  keys: Readonly<Record<string, ContextKeyDefinition>>,
): void {
  ghost.version += 1;
  for (const key of Object.keys(patch)) {
    write(ghost, key, merged(keys[key], ghost.values.get(key), patch[key] as Json));
  }
}

/** The first of the keys that was written after `base`; null when none was. */
export function movedKey(ghost: GhostContext, keys: readonly string[], base: number): string | null {
  return keys.find((key) => (ghost.versions.get(key) ?? 0) > base) ?? null;
}

/** What a reader of these keys is shown: their values, where there are any. */
export function sliceOf(ghost: GhostContext, keys: readonly string[]): JsonObject {
  const slice: Record<string, Json> = {};
  for (const key of keys) {
    const value = ghost.values.get(key);
    if (value !== undefined) slice[key] = value;
  }
  return slice;
}

function write(ghost: GhostContext, key: string, value: Json): void {
  ghost.values.set(key, value);
  ghost.versions.set(key, ghost.version);
}

function merged(rule: ContextKeyDefinition | undefined, old: Json | undefined, value: Json): Json {
  if (rule === undefined || old === undefined) return value;
  switch (rule.merge) {
    case 'append':
      return [...listOf(old), ...listOf(value)];
    case 'union':
      return unionOf(listOf(old), listOf(value));
    case 'add':
      return typeof old === 'number' && typeof value === 'number' ? old + value : value;
    case 'reject':
    case 'ownerOnly':
    case 'lastWriterWins':
      return value;
  }
}

function unionOf(old: readonly Json[], added: readonly Json[]): readonly Json[] {
  const seen = new Set(old.map(canonicalJson));
  return [...old, ...added.filter((item) => !seen.has(canonicalJson(item)))];
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}
