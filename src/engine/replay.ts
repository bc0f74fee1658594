// Replay: the state that a journal gives. Invariant S1: it is the state that the run had.
import type { StewardEvent } from '../steward/event.ts';
import { initialState, type StewardState } from '../steward/state.ts';
import { step } from '../steward/step.ts';

export function replay(journal: readonly StewardEvent[]): StewardState {
  const state = initialState();
  for (const event of journal) step(state, event);
  return state;
}
