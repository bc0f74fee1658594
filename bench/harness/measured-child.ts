// A process of its own that measures one thing: nothing that was done before is in its figures.
import { execFileSync } from 'node:child_process';
import { compiledPath } from './build.ts';

/** The last line that a workload prints, which is JSON; `source` is its TypeScript file, compiled by `build`. */
export function measuredInChild(source: URL, args: readonly (string | number)[]): unknown {
  const printed = execFileSync(process.execPath, [compiledPath(source), ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
  return JSON.parse(printed.trimEnd().split('\n').at(-1) ?? '');
}
