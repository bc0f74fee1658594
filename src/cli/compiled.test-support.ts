// The package as its users have it, compiled once for all tests that start it as a program; a global setup of vitest.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the compiled sources; absolute. */
    readonly compiled: string;
  }
}

const repo = fileURLToPath(new URL('../..', import.meta.url));

/** Types are checked elsewhere: what is asked of the compiler here is JavaScript. */
export default function compile({ provide }: TestProject): () => void {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'muster-compiled-'));
  const dist = join(root, 'dist');
  symlinkSync(join(repo, 'node_modules'), join(root, 'node_modules'));
  copyFileSync(join(repo, 'package.json'), join(root, 'package.json'));
  const options = ['--noCheck', '--declaration', 'false', '--outDir', dist];
  const tsc = join(repo, 'node_modules/.bin/tsc');
  execFileSync(tsc, ['-p', join(repo, 'tsconfig.build.json'), ...options], { stdio: 'inherit' });
  provide('compiled', dist);
  return () => rmSync(root, { recursive: true, force: true });
}
