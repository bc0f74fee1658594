// The one error a user is meant to read: a code, what was wrong and where, and what to do.

/** `code` is stable and upper-case (`PLAN_UNKNOWN_FAULT`); `place` names the file, key or argument. */
export interface MusterErrorParts {
  readonly code: string;
  readonly message: string;
  readonly place?: string | undefined;
  readonly value?: unknown;
  readonly hint?: string | undefined;
}

export class MusterError extends Error {
  readonly code: string;
  readonly place: string | undefined;
  readonly hint: string | undefined;

  constructor(parts: MusterErrorParts, options?: ErrorOptions) {
    super(messageOf(parts), options);
    this.name = 'MusterError';
    this.code = parts.code;
    this.place = parts.place;
    this.hint = parts.hint;
  }
}

/** An assertion about our own code: what breaks it is a defect of muster, never of its user. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`muster broke its own rule: ${message}`);
}

function messageOf(parts: MusterErrorParts): string {
  const place = parts.place === undefined ? '' : ` at ${parts.place}`;
  const value = parts.value === undefined ? '' : ` (got ${quote(parts.value)})`;
  const hint = parts.hint === undefined ? '' : `\n  hint: ${parts.hint}`;
  return `[${parts.code}]${place}: ${parts.message}${value}${hint}`;
}

function jsonText(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // A value that JSON cannot hold must not hide the error that is being told.
    return undefined;
  }
}

function quote(value: unknown): string {
  const text = jsonText(value) ?? String(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
