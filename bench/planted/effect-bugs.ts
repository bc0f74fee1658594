// Planted bugs in what happens once: dispatches, effects, answers and bills.
import type { PlantedBug } from './planted-bug.ts';

export const effectBugs: readonly PlantedBug[] = [
  {
    name: 'double dispatch after timeout',
    story: 'a call times out and is made again while the first one is still waited for',
    edits: [
      {
        file: 'steward/asking.ts',
        find: `export function modelTimedOut(desk: Desk, command: ModelAsk): void {
  abandon(desk, command.id);`,
        replace: 'export function modelTimedOut(desk: Desk, command: ModelAsk): void {',
      },
    ],
  },
  {
    name: 'blind retry after a lost reply',
    story: 'nobody knows whether an effect took place, and it is simply made again',
    edits: [
      {
        file: 'steward/tool-answers.ts',
        find: "if (command.effect === 'once' && problem.applied === 'unknown') {",
        replace: "if (command.effect === 'once' && problem.applied === 'unknown' && !problem.retryable) {",
      },
    ],
  },
  {
    name: 'resume that repeats a tool',
    story: 'after a crash an effect that may have taken place is made again',
    edits: [
      {
        file: 'steward/outside.ts',
        find: "if (command.kind === 'tool.use' && command.effect === 'once' && !held && isOpen(state)) {",
        replace: "if (command.kind === 'tool.use' && command.effect === 'pure' && !held && isOpen(state)) {",
      },
    ],
  },
  {
    name: 'probe result ignored',
    story: 'the tool says that the effect took place, and it is made again',
    edits: [
      {
        file: 'steward/tool-answers.ts',
        find: '  switch (found) {',
        replace: "  switch (found === 'applied' ? 'absent' : found) {",
      },
    ],
  },
  {
    name: 'effect keyed by its visit',
    story: 'an agent that gets work a second time repeats what it did the first time',
    edits: [
      {
        file: 'steward/tools.ts',
        find: "const doer = tool.effect === 'pure' ?",
        replace: "const doer = tool.effect !== 'idempotent' ?",
      },
    ],
  },
  {
    name: 'duplicate answer accepted twice',
    story: 'the same answer comes twice, and counts twice',
    edits: [
      {
        file: 'steward/step.ts',
        find: '  dropPending(desk.state, event.command);',
        replace: "  if (event.kind !== 'handoff.delivered') dropPending(desk.state, event.command);",
      },
    ],
  },
  {
    name: 'budget settled twice',
    story: 'a call is paid for a second time when its answer was cut off',
    edits: [
      {
        file: 'steward/asking.ts',
        find: '  assignment.tokens += billed ?? command.tokensReserved;',
        replace: `  if (answer.finishReason === 'length') settle(desk, command, billed ?? 0);
  assignment.tokens += billed ?? command.tokensReserved;`,
      },
    ],
  },
  {
    name: 'presumed tokens forgotten',
    story: 'an answer is lost, and what it may have cost is not counted',
    edits: [{ file: 'steward/budgets.ts', find: '    book.tokensPresumed += tokens;\n', replace: '' }],
  },
  {
    name: 'mission budget not checked',
    story: 'each agent keeps to its own budget, and together they spend more than the mission may',
    edits: [
      {
        file: 'steward/budgets.ts',
        find: 'if (used > book.limit.tokensMax ||',
        replace: "if ((owner !== '*' && used > book.limit.tokensMax) ||",
      },
    ],
  },
];
