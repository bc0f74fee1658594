// Secret patterns: the shapes by which keys, tokens, passwords and contacts are known in a text.

/** What is taken out. Keys, tokens and passwords always are; e-mail addresses and phone numbers when asked for. */
export type Redaction = 'secrets' | 'secretsAndContacts';

export interface SecretPattern {
  readonly kind: 'token' | 'jwt' | 'api-key' | 'private-key' | 'password' | 'secret' | 'email' | 'phone';
  /** Global; what a group `keep` holds stands before the secret and stays. Nothing that was redacted matches again. */
  readonly pattern: RegExp;
}

/** Words that name a secret wherever a value follows them. */
const named =
  '(?:api[-_ ]?key|secret[-_ ]?access[-_ ]?key|client[-_ ]?secret|secret|password|passwd|passphrase|private[-_ ]?key|(?:access|auth|refresh|id|session)[-_ ]?token)';

/**
 * Where a word begins: also behind the letter of an escape, as in a text that is still written as JSON (`\nsk-…`), and
 * behind a terminal's colour.
 */
const begin = String.raw`(?:\b|(?<=\\[nrtbfv])|(?<=\[[0-9;]{0,20}m))`;

function word(source: string, flags = 'g'): RegExp {
  return new RegExp(begin + source, flags);
}

const secrets: readonly SecretPattern[] = [
  {
    kind: 'private-key',
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  },
  { kind: 'token', pattern: word(String.raw`(?<keep>Bearer\s+)[A-Za-z0-9._~+/-]{8,}=*`, 'gi') },
  {
    kind: 'token',
    pattern: word(String.raw`(?<keep>Authorization\\*["']?\s*:\s*\\*["']?Basic\s+)[A-Za-z0-9+/]{6,}=*`, 'gi'),
  },
  { kind: 'jwt', pattern: word(String.raw`eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*`) },
  { kind: 'api-key', pattern: word('(?:sk|pk|rk)[-_][A-Za-z0-9_-]{16,}') },
  {
    kind: 'api-key',
    pattern: word(
      '(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}|hf_[A-Za-z0-9]{20,}|npm_[A-Za-z0-9]{30,}|gsk_[A-Za-z0-9]{20,}|xai-[A-Za-z0-9]{20,}|lsv2_[a-z]{2}_[A-Za-z0-9_]{20,})',
    ),
  },
  { kind: 'api-key', pattern: word(String.raw`(?:AKIA|ASIA)[A-Z0-9]{16}\b`) },
  {
    kind: 'api-key',
    pattern: word(String.raw`(?:AIza[A-Za-z0-9_-]{30,}|ya29\.[A-Za-z0-9_-]{20,}|GOCSPX-[A-Za-z0-9_-]{20,})`),
  },
  { kind: 'api-key', pattern: word('xox[abeoprs]-[A-Za-z0-9-]{10,}') },
  {
    kind: 'password',
    pattern: /(?<keep>\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"'\\]*:)(?!\[redacted)[^\s@/"'\\]+(?=@)/gi,
  },
  // Quoted, as in JSON and in JSON within JSON: up to the same quotes.
  {
    kind: 'secret',
    pattern: new RegExp(
      `(?<keep>${named}(?<slashes>\\\\*)(?<quote>["'])\\s*[:=]\\s*\\k<slashes>\\k<quote>)(?!\\[redacted)(?:(?!\\k<slashes>\\k<quote>)[^\\n])+`,
      'gi',
    ),
  },
  {
    kind: 'secret',
    pattern: new RegExp(`(?<keep>${named}=["']?)(?!\\[redacted)[^\\s"'\\\\,;}&<]{6,}`, 'gi'),
  },
  // In prose, a word alone is no secret: one has a digit.
  {
    kind: 'secret',
    pattern: new RegExp(
      `(?<keep>${named}(?: is|:| =) ["']?)(?!\\[redacted)(?=[^\\s"'\\\\,;}&<]*\\d)[^\\s"'\\\\,;}&<]{6,}`,
      'gi',
    ),
  },
];

const contacts: readonly SecretPattern[] = [
  {
    kind: 'email',
    // An address may begin with any letter: that of an escape before it is left to the escape.
    pattern: word(
      String.raw`(?!(?<=\\)[nrtbfv])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\b`,
    ),
  },
  { kind: 'phone', pattern: /(?<![\w+])\+\d(?:[ .()/-]{0,2}\d){7,14}(?!\d)/g },
  { kind: 'phone', pattern: /(?<![\w-])(?:\([2-9]\d{2}\) ?|[2-9]\d{2}-)[2-9]\d{2}-\d{4}(?![\w-])/g },
];

export function secretPatterns(redaction: Redaction): readonly SecretPattern[] {
  return redaction === 'secrets' ? secrets : [...secrets, ...contacts];
}

/** Names of members whose value is a secret, whatever it looks like. */
export const secretNames =
  /^(?:authorization|proxy-authorization|cookie|set-cookie)$|(?:^|[-_. ])(?:api[-_]?key|secret|password|passwd|passphrase|private[-_]?key|secret[-_]?access[-_]?key|(?:client|api)[-_]?secret|(?:access|auth|refresh|id|session)[-_]?token)$|^[a-z]+(?:ApiKey|Password|AccessToken|ClientSecret)$/i;

/** What stands in a secret's place: the same for every secret of a kind, so that a replay with another key matches. */
export function placeholder(kind: SecretPattern['kind']): string {
  return `[redacted:${kind}]`;
}
