// One core for all children, so that neither side gets helper threads on another one for free.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The command prefix that keeps a process on one core; empty where the system has no `taskset`. */
export function onOneCore(): readonly string[] {
  if (process.platform !== 'linux') return [];
  const command = 'taskset';
  const args = ['-c', String(lastAllowedCore())];
  return spawnSync(command, [...args, 'true']).status === 0 ? [command, ...args] : [];
}

/** The last one: the first serves most of the interrupts. */
function lastAllowedCore(): number {
  const allowed = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(/\d+$/.exec(allowed ?? '')?.[0] ?? 0);
}
