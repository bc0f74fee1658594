// A mutant: a copy of `src` with one bug planted in it, in a place where it finds the installed packages.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MusterError } from '../../src/base/muster-error.ts';
import type { Edit, PlantedBug } from './planted-bug.ts';

const source = fileURLToPath(new URL('../../src', import.meta.url));
const nursery = fileURLToPath(new URL('../../node_modules/.cache/muster-planted', import.meta.url));

/** The folder of the copy. Throws `MusterError` PLANTED_DOES_NOT_APPLY where the source is not what the bug expects. */
export function plant(bug: PlantedBug): string {
  const changes = changesOf(bug);
  const folder = join(nursery, bug.name.replaceAll(' ', '-'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  cpSync(source, join(folder, 'src'), { recursive: true, filter: (path) => !path.endsWith('.test.ts') });
  for (const [file, text] of changes) writeFileSync(join(folder, 'src', file), text);
  return folder;
}

/** The changed text of every file that the bug touches. */
export function changesOf(bug: PlantedBug): ReadonlyMap<string, string> {
  const changes = new Map<string, string>();
  for (const edit of bug.edits) {
    const text = changes.get(edit.file) ?? readFileSync(join(source, edit.file), 'utf8');
    changes.set(edit.file, changed(bug, edit, text));
  }
  return changes;
}

function changed(bug: PlantedBug, { file, find, replace }: Edit, text: string): string {
  const times = text.split(find).length - 1;
  if (times === 1) return text.replace(find, () => replace);
  throw new MusterError({
    code: 'PLANTED_DOES_NOT_APPLY',
    place: `planted bug '${bug.name}', src/${file}`,
    message: `what it replaces is there ${times} times, and must be there once`,
    value: find,
    hint: 'the source has moved on: write the bug anew for it',
  });
}
