// The hunter: starts hunts in processes of their own and waits for what they report.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Hunt } from './hunt-report.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('./hunt.ts', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Hunts in a copy of the source for so many seeds at most. A copy that cannot even be loaded is an error, and no find. */
export async function hunt(folder: string, seedsMax: number): Promise<Hunt> {
  const args = ['--import', 'tsx', script, folder, String(seedsMax)];
  const { stdout } = await run(process.execPath, args, { cwd: root, maxBuffer: 1 << 26 });
  return JSON.parse(stdout) as Hunt;
}
