// Redaction: secrets are taken out of texts and values before they are kept.
import { placeholder, secretNames, secretPatterns, type Redaction } from './secret-patterns.ts';

export type { Redaction } from './secret-patterns.ts';

/** A known secret that is shorter would take ordinary words with it. */
const knownCharsMin = 6;

/**
 * Redacting twice is the same as redacting once. `known` are secrets whatever they look like, such as the key with
 * which a provider was called.
 */
export function redact(text: string, redaction: Redaction, known: readonly string[] = []): string {
  let clean = text;
  for (const secret of known)
    if (secret.length >= knownCharsMin) clean = clean.replaceAll(secret, placeholder('api-key'));
  for (const { kind, pattern } of secretPatterns(redaction))
    clean = clean.replace(pattern, (...parts) => `${keptOf(parts.at(-1))}${placeholder(kind)}`);
  return clean;
}

/** Redacts every text of a JSON value, names of members too; a member that is named as a secret loses its whole value. */
export function redactJson<T>(value: T, redaction: Redaction, known: readonly string[] = []): T {
  if (typeof value === 'string') return redact(value, redaction, known) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => redactJson(one, redaction, known)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      redact(key, redaction, known),
      isSecretMember(key, one) ? placeholder('secret') : redactJson(one as unknown, redaction, known),
    ]),
  ) as T;
}

/** Whether a member is a secret by its name. An object or a list under such a name is looked through instead. */
export function isSecretMember(name: string, value: unknown): boolean {
  if (!secretNames.test(name)) return false;
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}

/** What a pattern says is to stay, of the groups of a match. */
export function keptOf(groups: unknown): string {
  return (groups as { readonly keep?: string } | undefined)?.keep ?? '';
}
