// Paths inside a document, written as one writes them in code: `.injections[0].trigger.n`.

/** Begins with a dot or a bracket; empty for the document itself. */
export function issuePath(path: readonly PropertyKey[]): string {
  return path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
}
