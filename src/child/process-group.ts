// A process group: one program with all that it starts; none of it outlives its run.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { wallTime } from '../base/clock.ts';
import { MusterError } from '../base/muster-error.ts';
import { BoundedText } from './bounded-text.ts';

export interface GroupParts {
  readonly words: readonly string[];
  readonly cwd: string;
  /** All that it sees of an environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stdin: string;
  /** Milliseconds until it is told to stop. */
  readonly timeoutMs: number;
  /** Milliseconds between SIGTERM and SIGKILL. */
  readonly graceMs: number;
}

export interface GroupEnd {
  readonly how:
    | { readonly kind: 'exited'; readonly code: number }
    | { readonly kind: 'killed'; readonly signal: string }
    | { readonly kind: 'timedOut' };
  readonly stdout: BoundedText;
  readonly stderr: BoundedText;
}

const mebibyte = 1024 * 1024;
const stdoutBytesMax = 8 * mebibyte;
const stderrBytesMax = 16 * 1024;
/** For what is still in the pipes once the program has gone; whoever holds them open longer has left the group. */
const drainMs = 1_000;

/**
 * Runs a program in a group of its own and waits for its end. Whatever is left of the group then is killed, as it is when
 * this process ends. Throws `MusterError` SUBJECT_COMMAND_NOT_FOUND or SUBJECT_CANNOT_START.
 */
export async function runGroup(parts: GroupParts): Promise<GroupEnd> {
  const { words, cwd, environment, stdin, timeoutMs, graceMs } = parts;
  const [program = '', ...rest] = words;
  const child = spawn(program, rest, { cwd, env: { ...environment }, detached: true, stdio: 'pipe' });
  const [stdout, stderr] = [new BoundedText(stdoutBytesMax), new BoundedText(stderrBytesMax)];
  child.stdout.on('data', (chunk: Buffer) => stdout.add(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.add(chunk));
  // A program need not read what it is told.
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  const killAll = (): void => signalGroup(child, 'SIGKILL');
  process.once('exit', killAll);
  let isLate = false;
  const cancels = [
    wallTime.after(timeoutMs, () => {
      isLate = true;
      signalGroup(child, 'SIGTERM');
      cancels.push(wallTime.after(graceMs, killAll));
    }),
  ];
  try {
    const closed = once(child, 'close');
    closed.catch(() => undefined);
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    killAll();
    await Promise.race([
      closed,
      new Promise<void>((resolve) => cancels.push(wallTime.after(drainMs, resolve))),
    ]);
    if (isLate) return { how: { kind: 'timedOut' }, stdout, stderr };
    const how =
      code === null
        ? ({ kind: 'killed', signal: signal ?? '' } as const)
        : ({ kind: 'exited', code } as const);
    return { how, stdout, stderr };
  } catch (error) {
    throw notStarted(error, parts);
  } finally {
    for (const cancel of cancels) cancel();
    process.off('exit', killAll);
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

function signalGroup({ pid }: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

function notStarted(cause: unknown, { words, cwd }: GroupParts): MusterError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  const [program] = words;
  if (!existsSync(cwd))
    return new MusterError(
      { code: 'SUBJECT_CANNOT_START', place: 'cwd', message: 'there is no such folder', value: cwd },
      { cause },
    );
  if (code === 'ENOENT')
    return new MusterError(
      {
        code: 'SUBJECT_COMMAND_NOT_FOUND',
        place: cwd,
        message: 'there is no such program, or the interpreter that its first line names is missing',
        value: program,
        hint: 'correct the name, write its whole path, or put its folder into PATH',
      },
      { cause },
    );
  return new MusterError(
    {
      code: 'SUBJECT_CANNOT_START',
      place: cwd,
      message: `the program cannot be started (${code})`,
      value: program,
      hint: 'a script is started through its interpreter, as in "python team.py", or made executable',
    },
    { cause },
  );
}
