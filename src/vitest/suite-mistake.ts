// A mistake in a suite: what kept a file or a scenario from measuring anything, told without a stack.
import { isAbsolute, relative } from 'node:path';
import { MusterError } from '../base/muster-error.ts';

/** An error that crossed from a worker: its class is gone, its own properties are there. */
export interface WorkerError {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message: string;
  readonly stacks?: readonly { readonly file: string; readonly line: number; readonly column: number }[];
}

/** `text` starts with the code in brackets and holds the place and the hint. */
export interface SuiteMistake {
  /** The suite file, relative to the root, or the scenario. */
  readonly where: string;
  readonly text: string;
}

export interface MistakePlace {
  readonly where: string;
  readonly root: string;
  readonly kind: 'file' | 'scenario' | 'elsewhere';
}

/** The user's mistakes say themselves what they are; anything else is told with the line that threw it. */
export function suiteMistake(error: WorkerError, place: MistakePlace): SuiteMistake {
  const { where, root } = place;
  if (isMusterError(error))
    return { where, text: error.message.includes(where) ? error.message : `${where}\n${error.message}` };
  const frame = error.stacks?.[0];
  const line = frame === undefined ? where : `${fromRoot(frame.file, root)}:${frame.line}:${frame.column}`;
  const told = new MusterError({
    ...saying[place.kind],
    place: line,
    message: firstLine(error.message, root),
  });
  return { where, text: told.message };
}

const saying = {
  file: { code: 'SUITE_NOT_LOADED', hint: 'mend the file; MUSTER_DEBUG=1 shows the stack' },
  scenario: { code: 'SCENARIO_FAILED', hint: 'the scenario threw before it had measured anything' },
  elsewhere: { code: 'SUITE_STRAY_ERROR', hint: 'an error outside any scenario: something was not awaited' },
} as const;

/** True for a `MusterError` of any copy of the package, also where its class was lost on the way. */
export function isMusterError(error: unknown): error is MusterError {
  if (typeof error !== 'object' || error === null || !('message' in error)) return false;
  return 'code' in error && typeof error.code === 'string' && String(error.message).startsWith(`[${error.code}]`);
}

/** A path as a reader of the project knows it. */
export function fromRoot(path: string, root: string): string {
  return isAbsolute(path) ? relative(root, path) : path;
}

function firstLine(message: string, root: string): string {
  const line = message.split('\n').find((text) => text.trim() !== '') ?? 'an error without a message';
  return line.replaceAll(`${root}/`, '').trim();
}
