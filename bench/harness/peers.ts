// The frameworks that benchmarks compare against: packages of their own, installed only when somebody compares.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MusterError } from '../../src/base/muster-error.ts';

const folder = new URL('../peers/', import.meta.url);

/** Installs the locked versions when they are missing; says so on stderr. */
export function installPeers(): void {
  // npm writes this file last, so an install that was cut short does not count.
  if (existsSync(new URL('node_modules/.package-lock.json', folder))) return;
  console.error('bench: installing what it compares against (npm ci --prefix bench/peers)');
  try {
    execFileSync('npm', ['ci', '--prefix', fileURLToPath(folder)], {
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
  } catch {
    throw new MusterError({
      code: 'PEERS_MISSING',
      place: 'bench/peers',
      message: 'what the benchmark compares against could not be installed',
      hint: 'it needs the npm registry once; then: npm ci --prefix bench/peers',
    });
  }
}

export function peerPath(name: string): string {
  return fileURLToPath(new URL(name, folder));
}
