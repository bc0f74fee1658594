// The sandbox: the core runs a whole mission in a context without a single global, to the same bytes as outside. S1.
import { runInContext, createContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { createViteServer } from 'vitest/node';
import { call, Crank } from './crank.test-support.ts';
import { storyTeam } from './any-event.test-support.ts';

/** Module code by path; vite's own module form: an async function of its exports and its imports. */
type Modules = Readonly<Record<string, string>>;

const entry = '/src/steward/step.ts';
const stateModule = '/src/steward/state.ts';

async function readModules(): Promise<Modules> {
  const modules: Record<string, string> = {};
  const server = await createViteServer({
    configFile: false,
    logLevel: 'silent',
    server: { middlewareMode: true, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  const read = async (path: string): Promise<void> => {
    if (path in modules) return;
    const result = await server.environments.ssr.transformRequest(path);
    modules[path] = result?.code ?? '';
    for (const next of result?.deps ?? []) await read(next);
  };
  try {
    await read(entry);
    await read(stateModule);
  } finally {
    await server.close();
  }
  return modules;
}

/** What JavaScript itself brings along and the core may not use: time, chance, locales, memory that is not the state's. */
const poison = `
  for (const name of ['Date', 'Intl', 'WeakRef', 'FinalizationRegistry', 'SharedArrayBuffer', 'Atomics', 'WebAssembly', 'console'])
    delete globalThis[name];
  delete Math.random;
  for (const prototype of [String.prototype, Number.prototype, Array.prototype, BigInt.prototype, Object.prototype])
    for (const name of Object.getOwnPropertyNames(prototype)) if (/locale/i.test(name)) delete prototype[name];
`;

const linker = `(async function (modules, entry, stateModule, journal) {
  const loaded = {};
  async function load(path) {
    if (loaded[path]) return loaded[path];
    const exports = (loaded[path] = {});
    const exportName = (name, get) => Object.defineProperty(exports, name, { enumerable: true, get });
    const AsyncFunction = (async () => {}).constructor;
    const run = new AsyncFunction('__vite_ssr_exports__', '__vite_ssr_import__', '__vite_ssr_exportName__', modules[path]);
    await run(exports, load, exportName);
    return exports;
  }
  const { step } = await load(entry);
  const { initialState } = await load(stateModule);
  const state = initialState();
  const decided = JSON.parse(journal).map((event) => {
    const { commands, notes } = step(state, event);
    return { commands, notes };
  });
  return JSON.stringify({ state, decided });
})`;

async function runInside(modules: Modules, journal: string): Promise<string> {
  const context = createContext({});
  runInContext(poison, context);
  const run = runInContext(linker, context) as (...parts: readonly unknown[]) => Promise<string>;
  return run(modules, entry, stateModule, journal);
}

/** A mission with tools, a lost reply, an approval that goes stale, a rework, a pause, a crash and a join. */
function wholeMission(): Crank {
  const crank = new Crank().start(storyTeam);
  crank.says('lead', { tools: [call('read', { q: 1 }), call('save', { n: 2 })] });
  crank.returns('read');
  crank.breaks('save', 'unknown');
  crank.fires('toolRetry');
  crank.returns('save');
  crank.finishes('lead', { patch: { x: 1, list: ['a'] } });
  for (const arrival of ['left', 'right']) {
    crank.delivers();
    expect(crank.owed('model.ask', arrival)).toBeDefined();
  }
  crank.says('left', { tools: [call('send')] });
  crank.fires('toolTimeout');
  crank.answer(crank.owed('tool.probe'), { kind: 'tool.probed', found: 'applied', result: 1 });
  crank.finishes('left');
  const loop = { loop: 'retry', tools: ['read'], repetitions: 3, reason: 'right goes round' } as const;
  crank.send({ kind: 'loop.detected', agents: ['right'], ...loop });
  crank.send({ kind: 'paused', by: 'op' });
  crank.send({ kind: 'recovered', epoch: 2 });
  crank.send({ kind: 'resumed', by: 'op' });
  crank.says('right');
  crank.rejects('right', 'no');
  crank.finishes('right', { patch: { law: 'never', sum: 3 } });
  crank.delivers();
  crank.delivers();
  crank.finishes('join', { patch: { x: 2 } });
  return crank;
}

describe('the core in a context without globals', () => {
  let modules: Modules = {};
  beforeAll(async () => {
    modules = await readModules();
  });

  it('decides a whole mission as it does outside, byte for byte', async () => {
    const { state, journal, commands, notes } = wholeMission();
    expect(state).toMatchObject({ status: 'ended', end: 'done' });
    const inside = JSON.parse(await runInside(modules, JSON.stringify(journal))) as {
      state: unknown;
      decided: readonly { commands: readonly unknown[]; notes: readonly unknown[] }[];
    };
    expect(JSON.stringify(inside.state)).toBe(JSON.stringify(state));
    expect(JSON.stringify(inside.decided.flatMap((one) => one.commands))).toBe(JSON.stringify(commands));
    expect(JSON.stringify(inside.decided.flatMap((one) => one.notes))).toBe(JSON.stringify(notes));
  });

  it('loads more than one module, and no package', () => {
    expect(Object.keys(modules).length).toBeGreaterThan(10);
    expect(Object.keys(modules).filter((path) => !path.startsWith('/src/'))).toEqual([]);
  });

  it.each([
    'Date.now()',
    'new Date(0)',
    'Math.random()',
    'structuredClone({})',
    'setTimeout(() => {})',
    'crypto.randomUUID()',
    'Buffer.from("")',
    'process.env',
    '"a".localeCompare("b")',
    'console.log("x")',
  ])('would fail if the core used %s', async (planted) => {
    const plant = (code: string) => code.replace('state.events += 1;', `state.events += 1; ${planted};`);
    const bad = { ...modules, [entry]: plant(modules[entry] ?? '') };
    expect(bad[entry]).not.toBe(modules[entry]);
    const { journal } = wholeMission();
    await expect(runInside(bad, JSON.stringify(journal))).rejects.toThrow(/is not (defined|a function)/);
  });
});
