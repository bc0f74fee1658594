// The child process: a team under test that is a program in any language, with its model providers behind a gateway.
import { resolve } from 'node:path';
import { MusterError } from '../base/muster-error.ts';
import type { JsonObject } from '../base/json.ts';
import type { Subject } from '../engine/run.ts';
import type { RepeatedAsks } from '../llm/ask-book.ts';
import { usualAttribution, type Attribution } from '../llm/attribution.ts';
import type { ModelDouble } from '../llm/double.ts';
import type { HandoffSigns } from '../subject/handoff-sign.ts';
import type { MissionEnd } from '../team/mission.ts';
import type { Trace } from '../trace/trace.ts';
import { runChild, type ChildRunParts } from './child-run.ts';
import { commandName, commandWords } from './command-line.ts';

export interface ChildProcessParts {
  /**
   * A text, taken apart at blanks outside quotes, or its words; no shell is asked. It is given the mission as one line of
   * JSON on stdin and in MUSTER_MISSION, and prints its answer on stdout: the last line that is a JSON object, else all of
   * it. An exit code other than 0 says that it failed.
   */
  readonly command: string | readonly string[];
  /** What answers in the providers' place. */
  readonly model: ModelDouble;
  /** In reports; absent: the script's or program's own. */
  readonly name?: string;
  /** Absent: this process's. */
  readonly cwd?: string;
  /** Added to the few variables that a child inherits, and to those that say where its providers are. */
  readonly env?: Readonly<Record<string, string>>;
  /** Absent: not known, and named by their system prompts. */
  readonly agents?: readonly string[];
  /** Absent: as `usualAttribution` says; without `agents` that is `bySystemPrompt`. */
  readonly attribution?: Attribution;
  /** Absent: transfer tools, and transitions from one agent to the next. */
  readonly handoffs?: HandoffSigns;
  /** What becomes of a request that is made again after it was answered; absent: the same answer. */
  readonly repeatedAsks?: RepeatedAsks;
  /** Milliseconds of the machine's own time after which a run hangs; absent: 30,000. */
  readonly timeoutMs?: number;
  /** Milliseconds between SIGTERM and SIGKILL; absent: 2,000. */
  readonly graceMs?: number;
  /** How many times as long as in the plan a fault's delays take; absent: 1. */
  readonly timeScale?: number;
  /** How an answer ends the mission; absent: done. */
  readonly endOf?: (result: JsonObject) => { readonly end: MissionEnd; readonly reason: string };
  /** Absent: the answer. */
  readonly essence?: (trace: Trace) => unknown;
}

/**
 * Each run is a process group of its own in real time: none of it is left when the run has ended. Throws BAD_COMMAND; `run`
 * rejects with `MusterError` for a command that cannot be started and a call that nothing was scripted for.
 */
export function childProcess({ command, essence, ...given }: ChildProcessParts): Subject {
  const words = typeof command === 'string' ? commandWords(command) : command;
  const { agents = [], cwd = '.' } = given;
  const parts: ChildRunParts = {
    name: commandName(words),
    env: {},
    attribution: usualAttribution(agents),
    handoffs: ['transferTools', 'transitions'],
    repeatedAsks: 'sameAnswer',
    timeoutMs: 30_000,
    graceMs: 2_000,
    timeScale: 1,
    endOf: () => ({ end: 'done', reason: 'the process ended with exit code 0' }),
    ...given,
    words,
    agents,
    cwd: resolve(cwd),
  };
  if (!(parts.timeScale > 0 && parts.timeoutMs > 0)) throw badTime(parts);
  return {
    name: parts.name,
    agents,
    tools: [],
    run: async (plan) => runChild(parts, plan),
    essence: essence ?? ((trace) => trace.result),
  };
}

function badTime({ timeScale, timeoutMs }: ChildRunParts): MusterError {
  return new MusterError({
    code: 'SUBJECT_BAD_TIME',
    message: 'the time-out and the scale of time are above zero',
    value: { timeoutMs, timeScale },
  });
}
