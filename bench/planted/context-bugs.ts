// Planted bugs in what agents know: the shared context, its constraints, and facts that were found before.
import type { PlantedBug } from './planted-bug.ts';

export const contextBugs: readonly PlantedBug[] = [
  {
    name: 'lost update',
    story: 'two agents write the same key, and the second does not see what it overwrites',
    edits: [
      {
        file: 'steward/mission-context.ts',
        find: "if (moved(key) && keys[key]?.merge === 'reject' && !drifted.includes(key)) drifted.push(key);",
        replace: '',
      },
      {
        file: 'steward/mission-context.ts',
        find: "(keys[key]?.constraint === true || keys[key]?.merge === 'reject')",
        replace: 'keys[key]?.constraint === true',
      },
    ],
  },
  {
    name: 'stale context served',
    story: 'an agent that does its work again is shown the context of its first try as the newest',
    edits: [
      {
        file: 'steward/mission-context.ts',
        find: '  assignment.slice = slice;',
        replace: '  if (assignment.rework === 0) assignment.slice = slice;',
      },
    ],
  },
  {
    name: 'rework on the old slice',
    story: 'the context moved, and the agent is sent back to work without being shown how',
    edits: [
      {
        file: 'steward/gating.ts',
        find: '  refreshSlice(desk, assignment);\n',
        replace: '',
      },
    ],
  },
  {
    name: 'constraint not shown',
    story: 'one agent finds a restriction, and the next is not told',
    edits: [
      {
        file: 'steward/mission-context.ts',
        find: 'if (context[key]?.constraint === true && !visible.includes(key)) visible.push(key);',
        replace: 'if (context[key]?.constraint === true && visible.includes(key)) visible.push(key);',
      },
    ],
  },
  {
    name: 'constraint found too late',
    story: 'work goes on although a restriction came up while it was done',
    edits: [
      {
        file: 'steward/mission-context.ts',
        find: "(keys[key]?.constraint === true || keys[key]?.merge === 'reject')",
        replace: "keys[key]?.merge === 'reject'",
      },
    ],
  },
  {
    name: 'merge forgets what was there',
    story: 'a list that agents add to holds only what the last one added',
    edits: [
      {
        file: 'steward/mission-context.ts',
        find: 'return [...list(old), ...list(value).filter((item) => !seen.has(canonicalJson(item)))];',
        replace: 'return list(value).filter((item) => !seen.has(canonicalJson(item)));',
      },
    ],
  },
  {
    name: 'fact cache ignores arguments',
    story: 'whatever is asked of a tool, the first thing it ever found is served',
    edits: [
      {
        file: 'steward/tools.ts',
        find: 'const fact = recordOf(state.facts, open.fingerprint);',
        replace: 'const fact = state.facts.find((known) => known.tool === tool.name);',
      },
      {
        file: 'steward/tools.ts',
        find: `    fact: open.fingerprint,
    agent: assignment.agent,`,
        replace: `    fact: fact.id,
    agent: assignment.agent,`,
      },
    ],
  },
];
