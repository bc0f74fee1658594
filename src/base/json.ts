// JSON values: the only data that enters a journal, a trace, a plan or a report.

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** True for `{…}` values, false for arrays, null and scalars. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether lists and objects stand in one another more often than `depth` times; looks no deeper than that. */
export function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth === 0) return true;
  const inner = value as Readonly<Record<string, unknown>>;
  for (const key in inner) if (isDeeperThan(inner[key], depth - 1)) return true;
  return false;
}

/** The same value, with all that it holds frozen, so that it can be shared and remembered: who changes it is told so. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  Object.freeze(value);
  for (const member of Object.values(value)) frozen(member);
  return value;
}
