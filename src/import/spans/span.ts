// A span: one node of a tracing tool's tree, in no tool's dialect.
import type { JsonObject } from '../../base/json.ts';
import type { Role, Told } from './span-roles.ts';

export interface Span {
  readonly trace: string;
  /** Null where the file tells none. */
  readonly id: string | null;
  readonly parent: string | null;
  readonly name: string;
  readonly startMs: number | null;
  readonly endMs: number | null;
  /** Flat: `gen_ai.request.model`. */
  readonly attributes: JsonObject;
  /** What the attributes tell, whatever they are called. */
  readonly told: Told;
  readonly error: string | null;
  readonly place: string;
}

/** What a span tells in a role, as a text. */
export function textTold({ told }: Span, role: Role): string | null {
  const value = told[role] ?? null;
  return typeof value === 'string' ? value : value === null ? null : JSON.stringify(value);
}
