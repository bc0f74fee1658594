// What is pending: short lists in the order of dispatch, because a mission has few things in flight at once.
import type { Obligation, TimerStart } from './command.ts';
import { dropRecord, putRecord, recordOf } from './records.ts';
import type { Assignment, StewardState } from './state.ts';

export function pendingCommand(state: StewardState, id: string): Obligation | undefined {
  return recordOf(state.pending, id);
}

/** Puts an obligation in the place of the one with its id, or adds it. */
export function putPending(state: StewardState, obligation: Obligation): void {
  putRecord(state.pending, obligation);
}

/** False when nothing of this id was pending. */
export function dropPending(state: StewardState, id: string): boolean {
  return dropRecord(state.pending, id);
}

/** The running timer of what is watched. */
export function timerWatching(state: StewardState, watches: string): TimerStart | undefined {
  for (let place = state.pending.length - 1; place >= 0; place -= 1) {
    const command = state.pending[place]!;
    if (command.kind === 'timer.start' && command.watches === watches) return command;
  }
  return undefined;
}

export function openAssignment(state: StewardState, id: string): Assignment | undefined {
  return state.assignments.find((assignment) => assignment.id === id);
}

export function dropAssignment(state: StewardState, id: string): void {
  dropRecord(state.assignments, id);
}
