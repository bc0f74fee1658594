// The house keeps its own rules: floors, circles, purity, doors and names, over the real tree and over planted ones.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  chanceAndTimeEnterThroughBase,
  doorsAreReExports,
  filesSayWhatTheyAre,
  floorsHold,
  guestsUseTheDoors,
  namesAreNouns,
  noCircles,
  pureFloorsArePure,
  stewardStandsAlone,
  type Rule,
} from './house-rules.test-support.ts';
import { codeOf, importsOf, productFiles, readTree } from './house-tree.test-support.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const house = readTree(
  root,
  ['src', 'fixtures', 'chaos', 'suites', 'bench'],
  ['package.json', 'tsconfig.json'],
);

type Files = Readonly<Record<string, string>>;
interface Proof {
  readonly rule: Rule;
  /** A tree that keeps the rule. */
  readonly healthy: Files;
  /** What the rule must say, and the files that make it say so when they are planted, each alone. */
  readonly planted: readonly (readonly [complaint: string, files: Files])[];
}

const manifest = (...doors: readonly string[]): Files => {
  const file = (door: string): string => (door === '.' ? 'index' : door.slice(2));
  const exported = (door: string): object => ({
    types: `./dist/public/${file(door)}.d.ts`,
    default: `./dist/public/${file(door)}.js`,
  });
  const paths = doors.map((door) => [door.replace('.', 'passmuster'), [`./src/public/${file(door)}.ts`]]);
  return {
    'package.json': JSON.stringify({
      exports: Object.fromEntries(doors.map((door) => [door, exported(door)])),
    }),
    'tsconfig.json': JSON.stringify({ compilerOptions: { paths: Object.fromEntries(paths) as unknown } }),
  };
};

const proofs: Readonly<Record<string, Proof>> = {
  'every floor imports only the floors below it that the table names': {
    rule: floorsHold,
    healthy: {
      'src/base/clock.ts': "import { hrtime } from 'node:process';",
      'src/team/agent.ts': "import { clock } from '../base/clock.ts';\nimport { z } from 'zod';",
      'src/steward/step.ts': "import type { Agent } from '../team/agent.ts';\n// import '../llm/port.ts'",
      'src/steward/step.test.ts': "import { port } from '../llm/port.ts';",
      'src/llm/port.ts': "export * from '../chaos/plan.ts';\nconst s = `import x from '../cli/main.ts'`;",
      'src/chaos/plan.ts': "import { a } from './fault.ts';",
      'src/chaos/fault.ts': '',
      'src/cli/main.ts': "const { port } = await import('../llm/port.ts');",
    },
    planted: [
      ['team may not import llm', { 'src/team/a.ts': "import { port } from '../llm/port.ts';" }],
      ['team may not import llm', { 'src/team/a.ts': "import type { P } from '../llm/port.ts';" }],
      ['team may not import llm', { 'src/team/a.ts': "export {\n  port,\n} from '../llm/port.ts';" }],
      ['team may not import llm', { 'src/team/a.ts': "const p = await import('../llm/port.ts');" }],
      ['team may not import llm', { 'src/team/a.ts': "type P = import('../llm/port.ts').Port;" }],
      ['check may not import steward', { 'src/check/a.ts': "import '../steward/step.ts';" }],
      ['report may not import team', { 'src/report/a.ts': "import '../team/agent.ts';" }],
      ['stands on no floor', { 'src/attic/a.ts': '' }],
      ['stands on no floor', { 'src/a.ts': '' }],
      ['relative imports end in .ts', { 'src/team/a.ts': "import './agent.js';" }],
      ['may not import tests', { 'src/team/a.ts': "import '../steward/step.test.ts';" }],
      ['import the file itself', { 'src/team/a.ts': "import { x } from 'passmuster';" }],
      ['nothing outside src', { 'chaos/a.ts': '', 'src/cli/a.ts': "import '../../chaos/a.ts';" }],
    ],
  },
  'no file imports itself through others': {
    rule: noCircles,
    healthy: {
      'src/team/a.ts': "import './b.ts';\nimport './c.ts';",
      'src/team/b.ts': "import './c.ts';",
      'src/team/c.ts': "// import './a.ts'",
    },
    planted: [
      ['src/team/c.ts -> src/team/c.ts', { 'src/team/c.ts': "import './c.ts';" }],
      ['src/team/c.ts -> src/team/a.ts', { 'src/team/c.ts': "import type { A } from './a.ts';" }],
    ],
  },
  'pure floors import no builtin of Node': {
    rule: pureFloorsArePure,
    healthy: {
      'src/team/a.ts': "import { z } from 'zod';",
      'src/check/a.test.ts': "import { readFileSync } from 'node:fs';",
      'src/llm/a.ts': "import { createServer } from 'node:http';",
    },
    planted: [
      ['check is pure', { 'src/check/a.ts': "import { readFileSync } from 'node:fs';" }],
      ['report is pure', { 'src/report/a.ts': "import fs from 'fs/promises';" }],
    ],
  },
  'the steward loads no package, neither itself nor through base and team': {
    rule: stewardStandsAlone,
    healthy: {
      'src/steward/step.ts': "import { budget } from '../team/budget.ts';",
      'src/team/budget.ts': "import type { Agent } from './agent.ts';\nimport type { z } from 'zod';",
      'src/team/agent.ts': "import { z } from 'zod';",
      'src/base/digest.ts': "import { createHash } from 'node:crypto';",
    },
    planted: [
      ['the steward imports no package', { 'src/steward/a.ts': "import { z } from 'zod';" }],
      ['the steward imports no package', { 'src/steward/a.ts': "import type { z } from 'zod';" }],
      ['the steward imports no package', { 'src/steward/a.ts': "import 'node:fs';" }],
      ['it may load no package', { 'src/steward/a.ts': "import { agent } from '../team/agent.ts';" }],
      ['it may load no package', { 'src/team/budget.ts': "export { type A, agent } from './agent.ts';" }],
      ['it may load no package', { 'src/team/budget.ts': "import '../base/digest.ts';" }],
    ],
  },
  'chance, time and the environment enter through base alone': {
    rule: chanceAndTimeEnterThroughBase,
    healthy: {
      'src/base/clock.ts': 'setTimeout(() => Date.now(), Math.random());',
      'src/team/a.test.ts': 'performance.now();',
      'src/team/a.ts': [
        '// Date.now() is banned, /* as is */ new Date()',
        "const s = 'setTimeout' + \"it's process.env\" + `Math.random() \\` ${name} randomUUID`;",
        'const r = /Date.now["\'`]/.test(s) ? new Date(atMs) : 4 / 2 / 1;',
        '/** setInterval */ const setTimeoutMs = 1;',
      ].join('\n'),
    },
    planted: [
      ['src/team/b.ts:2 uses Math.random', { 'src/team/b.ts': 'const a = 1;\nconst b = Math.random();' }],
      ['uses Date.now', { 'src/team/b.ts': 'const now = Date.now;' }],
      ['uses new Date', { 'src/team/b.ts': 'const now = new Date( );' }],
      ['uses new Date', { 'src/team/b.ts': 'const now = new Date;' }],
      ['uses performance.now', { 'src/team/b.ts': 'performance.now()' }],
      ['uses setTimeout', { 'src/team/b.ts': 'globalThis.setTimeout(f, 1)' }],
      ['uses setInterval', { 'src/team/b.ts': 'setInterval(f, 1)' }],
      ['uses setImmediate', { 'src/team/b.ts': 'setImmediate(f)' }],
      ['uses randomUUID', { 'src/team/b.ts': "import { randomUUID } from 'node:crypto';" }],
      ['uses process.env', { 'src/team/b.ts': "process.env['CI']" }],
      ['uses Date.now', { 'src/team/b.ts': 'const s = `${`${Date.now()}`}`;' }],
      ['uses Date.now', { 'src/team/b.ts': 'const s = `${f({})}`; const r = a / Date.now() / 2;' }],
      ['uses Date.now', { 'src/team/b.ts': "const s = '// not a comment'; Date.now();" }],
    ],
  },
  'fixtures, chaos and suites come in through the doors': {
    rule: guestsUseTheDoors,
    healthy: {
      ...manifest('.', './chaos'),
      'chaos/storms.ts': "import { plan } from 'passmuster/chaos';\nimport { delays } from './delays.ts';",
      'suites/sales.suite.ts': "import 'passmuster';\nimport { sales } from '../fixtures/teams/sales.ts';",
      'fixtures/teams/sales.ts': "import OpenAI from 'openai';",
      'bench/sim.ts': "import { sim } from '../src/engine/sim.ts';",
    },
    planted: [
      ['come in through a door', { 'suites/a.suite.ts': "import '../src/engine/sim.ts';" }],
      [
        'come in through a door',
        { 'fixtures/teams/a.ts': "import type { A } from '../../dist/public/index.js';" },
      ],
      ['there is no such door', { 'suites/a.suite.ts': "import 'passmuster/steward';" }],
      ['the doors and its own files only', { 'chaos/a.ts': "import 'zod';" }],
      ['the doors and its own files only', { 'chaos/a.ts': "import '../fixtures/teams/sales.ts';" }],
    ],
  },
  'the public doors are re-exports only, and the same in package.json and tsconfig.json': {
    rule: doorsAreReExports,
    healthy: {
      ...manifest('.', './chaos'),
      'src/public/index.ts':
        "// The front door.\nexport * from '../team/a.ts';\nexport { a, type B } from '../team/b.ts';",
      'src/public/chaos.ts':
        "/** Chaos. */\nexport type { C } from '../chaos/c.ts';\nexport * as d from '../d.ts';",
    },
    planted: [
      ['holds more than re-exports', { 'src/public/chaos.ts': 'export const a = 1;' }],
      ['holds more than re-exports', { 'src/public/chaos.ts': "import './c.ts';\nexport * from './c.ts';" }],
      ["package.json: exports['./steward']", { 'src/public/steward.ts': '' }],
      ["tsconfig.json: paths['passmuster/steward']", { 'src/public/steward.ts': '' }],
      ["package.json: exports['./gone']", manifest('.', './chaos', './gone')],
    ],
  },
  'every file of src opens with a comment that says what it is': {
    rule: filesSayWhatTheyAre,
    healthy: {
      'src/team/a.ts': '// Agents: who does what.\n',
      'src/team/b.ts': '/**\n * Budgets, in tokens.\n */\n',
      'src/cli/main.ts': '#!/usr/bin/env node\n// The command line.\n',
      'bench/sim.ts': 'export {};',
    },
    planted: [
      ['does not open with a comment', { 'src/team/a.ts': 'export const a = 1;\n// A constant of note.' }],
      ['does not open with a comment', { 'src/team/a.ts': '// @ts-nocheck because of that\n' }],
      ['does not open with a comment', { 'src/team/a.ts': '//\nexport const one = 1;' }],
      ['does not open with a comment', { 'src/team/a.ts': '' }],
    ],
  },
  'files are named in kebab-case and for what they hold': {
    rule: namesAreNouns,
    healthy: { 'src/team/mission-context.test.ts': '', 'src/campaign/commons2.ts': '', 'package.json': '' },
    planted: [
      ['is not in kebab-case', { 'src/team/missionContext.ts': '' }],
      ['is not in kebab-case', { 'fixtures/Teams/sales.ts': '' }],
      ["is called 'utils'", { 'src/team/string-utils.ts': '' }],
      ["is called 'common'", { 'src/common/a.ts': '' }],
      ["is called 'manager'", { 'bench/run-manager.ts': '' }],
    ],
  },
};

describe('the house', () => {
  it('has files, and they import one another', () => {
    const files = productFiles(house);
    expect(files).not.toEqual([]);
    const inner = files.flatMap((path) => importsOf(path, house.get(path) ?? ''));
    expect(inner.filter(({ target }) => target !== undefined)).not.toEqual([]);
  });

  it('is read rightly: without comments and strings, the brackets of every file balance', () => {
    const count = (code: string, bracket: string): number => code.split(bracket).length;
    const unbalanced = [...house.keys()].filter((path) => {
      const code = codeOf(house.get(path) ?? '');
      return ['{}', '()', '[]'].some(([open = '', close = '']) => count(code, open) !== count(code, close));
    });
    expect(unbalanced).toEqual([]);
  });

  for (const [sentence, { rule }] of Object.entries(proofs)) {
    it(`holds: ${sentence}`, () => expect(rule(house)).toEqual([]));
  }
});

describe.for(Object.entries(proofs))('the rule "%s"', ([, { rule, healthy, planted }]) => {
  it('is silent on a healthy tree', () => expect(rule(new Map(Object.entries(healthy)))).toEqual([]));

  it.for(planted)('reports "%s"', ([complaint, files]) => {
    const complaints = rule(new Map(Object.entries({ ...healthy, ...files })));
    expect(complaints).toContainEqual(expect.stringContaining(complaint));
  });
});
