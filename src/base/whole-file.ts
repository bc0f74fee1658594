// Whole files: written beside their place and moved into it, so that a reader never sees half of one.
import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** Throws what the file system says; the file that was there before is then untouched. */
export function writeWhole(path: string, text: string): void {
  const draft = `${path}.tmp-${process.pid}`;
  try {
    writeFileSync(draft, text, { mode: 0o644 });
    renameSync(draft, path);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw cause;
  }
}
