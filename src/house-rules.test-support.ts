// The rules of the house: each reads the source tree and returns its complaints, one sentence a fault.
import { builtinModules } from 'node:module';
import {
  codeOf,
  importsOf,
  isTest,
  productFiles,
  type Import,
  type Tree,
} from './house-tree.test-support.ts';

/** Complaints, each starting with the path at fault; none means that the rule holds. */
export type Rule = (tree: Tree) => readonly string[];

const lower = ['base', 'team', 'steward', 'trace', 'loop', 'chaos'] as const;
const upper = ['llm', 'engine', 'subject', 'gateway', 'child', 'import', 'check', 'measure'] as const;
const every = [...lower, ...upper, 'campaign', 'report', 'vitest', 'cli', 'public'] as const;

/** Which floor may import which; its own files always. */
const MAY_IMPORT: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['base', []],
  ['team', ['base']],
  ['steward', ['base', 'team']],
  ['trace', ['base', 'team', 'steward']],
  ['loop', ['base', 'team', 'trace']],
  ['chaos', ['base', 'team', 'steward', 'trace']],
  ['llm', ['base', 'team', 'chaos', 'trace']],
  ['engine', [...lower, 'llm']],
  ['subject', [...lower, 'llm', 'engine']],
  ['gateway', [...lower, 'llm', 'engine', 'subject']],
  ['child', [...lower, 'llm', 'engine', 'subject', 'gateway']],
  ['import', ['base', 'team', 'trace']],
  ['check', ['base', 'team', 'trace', 'loop']],
  ['measure', ['base', 'team', 'trace', 'loop', 'check']],
  ['campaign', [...lower, ...upper]],
  ['report', ['base', 'trace', 'loop', 'check', 'measure', 'campaign']],
  ['vitest', every],
  ['cli', every],
  ['public', every],
]);

const PURE_FLOORS = ['team', 'steward', 'trace', 'loop', 'chaos', 'import', 'check', 'measure', 'report'];
const BUILTINS = new Set(builtinModules);
const isBuiltin = (specifier: string): boolean => specifier.startsWith('node:') || BUILTINS.has(specifier);

function floorOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

/** What `judge` says of each import of each of the files. */
function complainOfImports(
  tree: Tree,
  paths: readonly string[],
  judge: (one: Import, path: string) => string | undefined,
): readonly string[] {
  return paths.flatMap((path) =>
    importsOf(path, tree.get(path) ?? '').flatMap((one) => {
      const complaint = judge(one, path);
      return complaint === undefined ? [] : [`${path} imports '${one.specifier}': ${complaint}`];
    }),
  );
}

/** Every shipped file stands on a known floor and imports only the floors named for it, types included. */
export const floorsHold: Rule = (tree) => {
  const strays = productFiles(tree).filter((path) => !MAY_IMPORT.has(floorOf(path) ?? ''));
  return [
    ...strays.map((path) => `${path} stands on no floor of the table`),
    ...complainOfImports(tree, productFiles(tree), ({ specifier, target }, path) => {
      if (/^passmuster(\/|$)/.test(specifier)) return 'inside src, import the file itself';
      if (target === undefined) return undefined;
      if (!tree.has(target)) return 'names no source file (relative imports end in .ts)';
      if (!target.startsWith('src/')) return 'the machine imports nothing outside src';
      if (isTest(target)) return 'the product may not import tests';
      const [from, to] = [floorOf(path) ?? '', floorOf(target) ?? ''];
      const allowed = MAY_IMPORT.get(from) ?? [];
      return from === to || allowed.includes(to) ? undefined : `${from} may not import ${to}`;
    }),
  ];
};

/** No file reaches itself through its imports, types included. */
export const noCircles: Rule = (tree) => {
  const circles: string[] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (path: string): void => {
    if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
    else if (!done.has(path)) {
      trail.push(path);
      for (const { target } of importsOf(path, tree.get(path) ?? ''))
        if (target !== undefined && tree.has(target)) visit(target);
      trail.pop();
      done.add(path);
    }
  };
  for (const path of tree.keys()) if (path.startsWith('src/')) visit(path);
  return circles;
};

/** Pure floors do no I/O: they import no builtin of Node. */
export const pureFloorsArePure: Rule = (tree) =>
  complainOfImports(
    tree,
    productFiles(tree).filter((path) => PURE_FLOORS.includes(floorOf(path) ?? '')),
    ({ specifier }, path) => (isBuiltin(specifier) ? `${floorOf(path)} is pure` : undefined),
  );

/** Whatever the steward loads at run time, through however many files, is a file of this repo: no package, no builtin. */
export const stewardStandsAlone: Rule = (tree) => {
  const isSteward = (path: string): boolean => floorOf(path) === 'steward';
  const reached = new Set(productFiles(tree).filter(isSteward));
  const loaded = ({ typeOnly }: Import): boolean => !typeOnly;
  for (const path of reached)
    for (const { target } of importsOf(path, tree.get(path) ?? '').filter(loaded))
      if (target !== undefined && tree.has(target)) reached.add(target);
  return complainOfImports(tree, [...reached], ({ target, typeOnly }, path) => {
    if (target !== undefined) return undefined;
    if (isSteward(path)) return 'the steward imports no package, not even a type';
    return typeOnly ? undefined : 'the steward loads this file, so it may load no package';
  });
};

const CHANCE_AND_TIME =
  /\bMath\s*\.\s*random\b|\bDate\s*\.\s*now\b|\bnew\s+Date\b(?!\s*\(\s*[^\s)])|\bperformance\s*\.\s*now\b|\bset(?:Timeout|Interval|Immediate)\b|\brandomUUID\b|\bprocess\s*\.\s*(?:env|hrtime)\b/g;

/** Chance, time and the environment enter through base alone. */
export const chanceAndTimeEnterThroughBase: Rule = (tree) =>
  productFiles(tree)
    .filter((path) => floorOf(path) !== 'base')
    .flatMap((path) => {
      const code = codeOf(tree.get(path) ?? '');
      return [...code.matchAll(CHANCE_AND_TIME)].map((match) => {
        const line = code.slice(0, match.index).split('\n').length;
        return `${path}:${line} uses ${match[0]}: take it from src/base`;
      });
    });

/** Fixtures, chaos and suites use the package as anyone would; chaos holds values and needs nothing else. */
export const guestsUseTheDoors: Rule = (tree) => {
  const doors = new Set(manifestDoors(tree).map((door) => door.replace('.', 'passmuster')));
  const guests = [...tree.keys()].filter((path) => /^(fixtures|chaos|suites)\//.test(path));
  return complainOfImports(tree, guests, ({ specifier, target }, path) => {
    if (target !== undefined && !/^(fixtures|chaos|suites)\//.test(target)) return 'come in through a door';
    if (/^passmuster(\/|$)/.test(specifier) && !doors.has(specifier)) return 'there is no such door';
    const own = target?.startsWith('chaos/') ?? doors.has(specifier);
    return path.startsWith('chaos/') && !own ? 'chaos imports the doors and its own files only' : undefined;
  });
};

const RE_EXPORT = /\bexport\s+(?:type\s+)?(?:\{[^}]*\}|\*(?:\s+as\s+\w+)?)\s*from\s*(['"])\s*\1\s*;?/g;

/** The files of src/public are re-exports only, and they are the doors of package.json and tsconfig.json. */
export const doorsAreReExports: Rule = (tree) => {
  const files = productFiles(tree).filter((path) => floorOf(path) === 'public');
  if (files.length === 0) return [];
  const complaints = files
    .filter(
      (path) =>
        codeOf(tree.get(path) ?? '')
          .replace(RE_EXPORT, '')
          .trim() !== '',
    )
    .map((path) => `${path} holds more than re-exports`);
  const built: Record<string, unknown> = {};
  const mapped: Record<string, unknown> = {};
  for (const path of files) {
    const name = path.slice('src/public/'.length, -'.ts'.length);
    const door = name === 'index' ? '.' : `./${name}`;
    built[door] = { types: `./dist/public/${name}.d.ts`, default: `./dist/public/${name}.js` };
    mapped[door.replace('.', 'passmuster')] = [`./${path}`];
  }
  const { exports } = JSON.parse(tree.get('package.json') ?? '{}') as { exports?: Record<string, unknown> };
  const { compilerOptions } = JSON.parse(tree.get('tsconfig.json') ?? '{}') as {
    compilerOptions?: { paths?: Record<string, unknown> };
  };
  return [
    ...complaints,
    ...differences('package.json: exports', exports ?? {}, built),
    ...differences('tsconfig.json: paths', compilerOptions?.paths ?? {}, mapped),
  ];
};

function manifestDoors(tree: Tree): readonly string[] {
  const { exports } = JSON.parse(tree.get('package.json') ?? '{}') as { exports?: Record<string, unknown> };
  return Object.keys(exports ?? {});
}

function differences(
  place: string,
  found: Record<string, unknown>,
  wanted: Record<string, unknown>,
): readonly string[] {
  const keys = [...new Set([...Object.keys(found), ...Object.keys(wanted)])];
  return keys
    .filter((key) => JSON.stringify(found[key]) !== JSON.stringify(wanted[key]))
    .map((key) => `${place}['${key}'] and src/public differ`);
}

const OPENING_COMMENT =
  /^(?:#![^\n]*\n)?\/(?:\/|\*\*?)(?!\s*(?:@ts-|oxlint-|eslint-|oxfmt-))(?:[^\S\n]|\n \*)*\w+\W+\w+/;

/** A reader learns from the first line what a file is. */
export const filesSayWhatTheyAre: Rule = (tree) =>
  [...tree]
    .filter(([path, text]) => path.startsWith('src/') && !OPENING_COMMENT.test(text))
    .map(([path]) => `${path} does not open with a comment that says what it is`);

const KEBAB_CASE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const EMPTY_NAMES = /^(?:utils?|helpers?|commons?|managers?)$/;

/** Files and folders are named in kebab-case, and for a noun of the field. */
export const namesAreNouns: Rule = (tree) =>
  [...tree.keys()].flatMap((path) => {
    const names = path.split(/[/.]/);
    if (!path.endsWith('.ts')) return [];
    if (!names.every((name) => KEBAB_CASE.test(name))) return [`${path} is not in kebab-case`];
    const empty = names.flatMap((name) => name.split('-')).filter((word) => EMPTY_NAMES.test(word));
    return empty.map((word) => `${path} is called '${word}', which names nothing`);
  });
