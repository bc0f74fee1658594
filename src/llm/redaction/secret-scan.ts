// The secret scan: where a value that was written still holds a secret; the secret itself is never told.
import type { Json } from '../../base/json.ts';
import { jsonPointer } from '../../base/json-text.ts';
import { isSecretMember, redact } from './redaction.ts';
import { placeholder, secretPatterns, type Redaction, type SecretPattern } from './secret-patterns.ts';

export interface SecretFinding {
  /** RFC 6901, as a fragment. A member whose name is the secret is told by its holder. */
  readonly pointer: string;
  readonly kind: SecretPattern['kind'];
}

/** Every place of the value that redaction would change. */
export function findSecrets(value: Json, redaction: Redaction): readonly SecretFinding[] {
  const findings: SecretFinding[] = [];
  look(value, [], { redaction, findings });
  return findings;
}

/** What kind of secret a text holds; null for none. */
export function secretKindIn(text: string, redaction: Redaction): SecretPattern['kind'] | null {
  if (redact(text, redaction) === text) return null;
  return secretPatterns(redaction).find(({ pattern }) => text.search(pattern) >= 0)?.kind ?? 'secret';
}

interface Search {
  readonly redaction: Redaction;
  readonly findings: SecretFinding[];
}

function look(value: Json, path: readonly PropertyKey[], search: Search): void {
  const { redaction, findings } = search;
  if (typeof value === 'string') {
    const kind = secretKindIn(value, redaction);
    if (kind !== null) findings.push({ pointer: jsonPointer(path), kind });
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    const kind = secretKindIn(name, redaction);
    if (kind !== null) findings.push({ pointer: jsonPointer(path), kind });
    const at = kind === null ? name : placeholder(kind);
    const step = Array.isArray(value) ? Number(name) : at;
    if (isSecretMember(name, member) && member !== placeholder('secret'))
      findings.push({ pointer: jsonPointer([...path, step]), kind: 'secret' });
    else look(member, [...path, step], search);
  }
}
