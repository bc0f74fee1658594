// Is this Node new enough?
import type { Finding } from './finding.ts';

const oldest = [20, 19] as const;

/** `version` as in `20.19.0`. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const ok = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  const reason = ok
    ? `node ${version}`
    : `node ${version}, and ${oldest.join('.')} is the oldest that will do`;
  return { check: 'node', state: ok ? 'ok' : 'fail', reason };
}
