// The file `failures/<id>.json`: all that is needed to run one failing trial again, and to see what it did.
import { canonicalJson } from '../base/canonical.ts';
import { fingerprintText } from '../base/fingerprint.ts';
import type { FailureRecord } from '../campaign/record.ts';

/** Names of files that no path can climb out of, and that every file system takes. */
const SAFE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** Indented, keys sorted; the same bytes for the same failure. */
export function failureJson(failure: FailureRecord): string {
  const file = { schemaVersion: 1, ...failure };
  return `${JSON.stringify(JSON.parse(canonicalJson(file)), null, 2)}\n`;
}

/** An id that is no safe name is made one, with its fingerprint, so that no two ids share a file. */
export function failurePath(id: string): string {
  if (SAFE_NAME.test(id)) return `failures/${id}.json`;
  const readable = id
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return `failures/${readable === '' ? 'failure' : readable}-${fingerprintText(id)}.json`;
}
