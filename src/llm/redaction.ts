// Redaction: secrets are taken out of texts before they are kept.

/** What is taken out. Keys and tokens always are; e-mail addresses when asked for. */
export type Redaction = 'secrets' | 'secretsAndEmails';

const secretPatterns: readonly (readonly [RegExp, string])[] = [
  [/\bBearer\s+[A-Za-z0-9._~+/-]{8,}=*/g, 'Bearer [redacted:token]'],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g, '[redacted:jwt]'],
  [/\b(?:sk|pk|rk)[-_](?:[A-Za-z0-9]+[-_])*[A-Za-z0-9_-]{16,}/g, '[redacted:api-key]'],
  [
    /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,})/g,
    '[redacted:api-key]',
  ],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, '[redacted:api-key]'],
  [/\bAIza[A-Za-z0-9_-]{30,}/g, '[redacted:api-key]'],
  [/\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g, '[redacted:api-key]'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g, '[redacted:private-key]'],
  [
    /((?:api[-_ ]?key|secret|password|passwd|access[-_ ]?token|client[-_ ]?secret)\\?["']?\s*[:=]\s*\\?["']?)(?!\[redacted)[^\s"'\\,;}]{6,}/gi,
    '$1[redacted:secret]',
  ],
];

const emailPattern = /\b[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\b/g;

/** Redacting twice is the same as redacting once. */
export function redact(text: string, redaction: Redaction): string {
  let clean = text;
  for (const [pattern, replacement] of secretPatterns) clean = clean.replace(pattern, replacement);
  return redaction === 'secretsAndEmails' ? clean.replace(emailPattern, '[redacted:email]') : clean;
}

/** Redacts every text of a JSON value, keys of objects left as they are. */
export function redactJson<T>(value: T, redaction: Redaction): T {
  if (typeof value === 'string') return redact(value, redaction) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => redactJson(one, redaction)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      secretNames.test(key) && typeof one === 'string' && one !== ''
        ? '[redacted:secret]'
        : redactJson(one as unknown, redaction),
    ]),
  ) as T;
}

const secretNames =
  /^(?:authorization|cookie|set-cookie|(?:x-)?api[-_]?key|password|passwd|(?:client|api)[-_]?secret|(?:access|refresh|id)[-_]?token)$/i;
