// A verb: adds itself to the command line, and says how the process is to end.
import type { Command } from 'commander';

/** 0 pass, 1 failed, 2 error or nothing measured, 3 inconclusive, 130 interrupted. */
export type ExitStatus = 0 | 1 | 2 | 3 | 130;

export type SetExit = (status: ExitStatus) => void;

export type Verb = (program: Command, setExit: SetExit) => void;
