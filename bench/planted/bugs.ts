// The planted bugs: what a steward could get wrong, one small change each.
import { contextBugs } from './context-bugs.ts';
import { effectBugs } from './effect-bugs.ts';
import { flowBugs } from './flow-bugs.ts';
import type { PlantedBug } from './planted-bug.ts';
import { trustBugs } from './trust-bugs.ts';

export const bugs: readonly PlantedBug[] = [...flowBugs, ...trustBugs, ...effectBugs, ...contextBugs];
