// A mistake in a suite: what kept a file or a scenario from measuring anything, told without a stack.
import { isAbsolute, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { MusterError } from '../base/muster-error.ts';

/** An error that crossed from a worker: its class is gone, its own properties are there. */
export interface WorkerError {
  readonly message: string;
  readonly stack?: string;
  readonly stacks?: readonly { readonly file: string; readonly line: number; readonly column: number }[];
}

/** `text` starts with the code in brackets, or with the place where its own place does not name it. */
export interface SuiteMistake {
  readonly text: string;
  /** For those who look for the line that threw it. */
  readonly stack: string | null;
}

export interface MistakePlace {
  /** The suite file, relative to the root, or the scenario. */
  readonly where: string;
  readonly root: string;
  readonly kind: 'file' | 'scenario' | 'elsewhere';
}

/** The user's mistakes say themselves what they are; anything else is told with the line that threw it. */
export function suiteMistake(error: WorkerError, place: MistakePlace): SuiteMistake {
  const { where } = place;
  const stack = error.stack ?? null;
  const under = (text: string): SuiteMistake => ({
    stack,
    text: text.includes(where) ? text : `${where}\n${text}`,
  });
  if (isMusterError(error)) return under(error.message);
  const plain = stripVTControlCharacters(error.message).replaceAll(`${place.root}/`, '');
  const told = new MusterError({
    ...saying[place.kind],
    place: lineOf(error, plain, place),
    message: headOf(plain),
  });
  return under(told.message);
}

const saying = {
  file: { code: 'SUITE_NOT_LOADED', hint: 'mend the file; MUSTER_DEBUG=1 shows the stack' },
  scenario: {
    code: 'SCENARIO_FAILED',
    hint: 'it threw before it had measured; MUSTER_DEBUG=1 shows the stack',
  },
  elsewhere: { code: 'SUITE_STRAY_ERROR', hint: 'outside any scenario: was something not awaited?' },
} as const;

/** True for a `MusterError` of any copy of the package, also where its class was lost on the way. */
export function isMusterError(error: unknown): error is MusterError {
  if (typeof error !== 'object' || error === null || !('message' in error)) return false;
  return (
    'code' in error && typeof error.code === 'string' && String(error.message).startsWith(`[${error.code}]`)
  );
}

/** A path as a reader of the project knows it. */
export function fromRoot(path: string, root: string): string {
  return isAbsolute(path) ? relative(root, path) : path;
}

/** The first line of the user's own that the stack or the message names. */
function lineOf({ stacks }: WorkerError, message: string, { where, root }: MistakePlace): string {
  const frame = stacks?.find(({ file }) => file.startsWith(`${root}/`) && !file.includes('/node_modules/'));
  if (frame !== undefined) return `${fromRoot(frame.file, root)}:${frame.line}:${frame.column}`;
  return /[^\s[\]()]+\.[mc]?[jt]sx?:\d+:\d+/.exec(message)?.[0] ?? where;
}

/** The first line, and what it announces. */
function headOf(message: string): string {
  const lines = message.split('\n').filter((line) => line.trim() !== '');
  const [first = 'an error without a message', second = ''] = lines;
  return (first.endsWith(':') ? `${first} ${second}` : first).trim();
}
