// The compiled tree that benchmarks run. Users run what `tsc` emits; what `tsx` makes of a file wraps every closure
// to keep its name, which costs the engine a good part of its speed, so measuring that would measure the wrong thing.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const compiled = new URL('node_modules/.cache/muster-bench/', root);

/** Compiles the workloads and all that they import; says so on stderr. */
export function build(): void {
  console.error('bench: compiling with tsc to node_modules/.cache/muster-bench');
  mkdirSync(compiled, { recursive: true });
  writeFileSync(new URL('package.json', compiled), manifest());
  const tsc = fileURLToPath(new URL('node_modules/typescript/bin/tsc', root));
  execFileSync(process.execPath, [tsc, '-p', fileURLToPath(new URL('bench/tsconfig.json', root))], {
    stdio: ['ignore', 2, 2],
  });
}

/** Where `build` puts a source file; `from` is the importer's `import.meta.url`. */
export function compiledPath(source: URL): string {
  const path = source.href.slice(root.href.length).replace(/\.ts$/, '.js');
  return fileURLToPath(new URL(path, compiled));
}

/** The compiled tree is a package of the same name: its fixtures find the doors beside them, as they do for a user. */
function manifest(): string {
  const { name, type, exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
    readonly name: string;
    readonly type: string;
    readonly exports: Readonly<Record<string, { readonly default: string }>>;
  };
  const doors = Object.entries(exports).map(([door, { default: file }]) => [
    door,
    file.replace('./dist/', './src/'),
  ]);
  return `${JSON.stringify({ name, type, exports: Object.fromEntries(doors) as unknown }, null, 2)}\n`;
}
