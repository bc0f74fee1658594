// What is pending: short lists in the order of dispatch, because a mission has few things in flight at once.
import type { Obligation, TimerStart } from './command.ts';
import { dropRecord, putRecord, recordOf } from './records.ts';
import type { Assignment, StewardState } from './state.ts';

export function pendingCommand(state: StewardState, id: string): Obligation | undefined {
  return recordOf(state.pending, id);
}

/** Adds an obligation, or puts it in the place of the one with its id. */
export function putPending(state: StewardState, obligation: Obligation): void {
  putRecord(state.pending, obligation);
}

/** False when nothing of this id was pending. */
export function dropPending(state: StewardState, id: string): boolean {
  return dropRecord(state.pending, id);
}

/** The running timer of what is watched. */
export function timerWatching(state: StewardState, watches: string): TimerStart | undefined {
  for (const command of state.pending) {
    if (command.kind === 'timer.start' && command.watches === watches) return command;
  }
  return undefined;
}

export function openAssignment(state: StewardState, id: string): Assignment | undefined {
  return recordOf(state.assignments, id);
}

export function dropAssignment(state: StewardState, id: string): void {
  dropRecord(state.assignments, id);
}
