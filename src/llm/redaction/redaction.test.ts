// Tests of redaction and of the scan: every planted secret goes, ordinary text stays, bodies stay what they are.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactBody } from './redact-body.ts';
import { redact, redactJson } from './redaction.ts';
import { findSecrets } from './secret-scan.ts';

const pem = '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----';
/** What must not be found afterwards, in the text in which it stands. */
const planted: readonly (readonly [secret: string, text: string, kind: string])[] = [
  ['abcdefghijklmnopqrstuv', 'key sk-proj-abcdefghijklmnopqrstuv here', 'api-key'],
  ['api03-abcdefghijklmnop', 'sk-ant-api03-abcdefghijklmnop', 'api-key'],
  ['abcdefgh12345678', 'Authorization: Bearer abcdefgh12345678', 'token'],
  ['dXNlcjpwYXNz', 'Authorization: Basic dXNlcjpwYXNz', 'token'],
  ['hunter22x', 'password=hunter22x&next=1', 'secret'],
  ['hunter22x', 'the password: hunter22x.', 'secret'],
  ['0123456789abcdef', '{"api_key":"0123456789abcdef"}', 'secret'],
  ['correct horse', 'said {\\"password\\": \\"correct horse\\", \\"a\\": 1}', 'secret'],
  ['eyJzdWIiOiIx', 'eyJhbGciOiJI.eyJzdWIiOiIx.abc_def', 'jwt'],
  ['AIzaSyA', 'AIzaSyA-0123456789_0123456789_01234567', 'api-key'],
  ['ghp_', 'ghp_abcdefghijklmnopqrstuvwxyz012345', 'api-key'],
  ['xoxb', 'xoxb-1234567890-abc', 'api-key'],
  ['AKIA', 'AKIAABCDEFGHIJKLMNOP', 'api-key'],
  ['MIIEow', pem, 'private-key'],
  ['s3cr3t', 'postgres://app:s3cr3t@db.internal/x', 'password'],
  ['acme', 'mail ann.b@acme.com now', 'email'],
  ['555', 'call +1 (415) 555-0132', 'phone'],
];

describe('redaction', () => {
  it.each(planted)('takes out %s', (secret, text, kind) => {
    expect(redact(text, 'secretsAndContacts')).not.toContain(secret);
    expect(redactBody(JSON.stringify({ a: [text] }), 'secretsAndContacts')).not.toContain(secret);
    expect(findSecrets({ a: [text] }, 'secretsAndContacts')).toEqual([{ pointer: '#/a/0', kind }]);
    expect(findSecrets({ a: [redact(text, 'secretsAndContacts')] }, 'secretsAndContacts')).toEqual([]);
  });

  it.each(planted)(
    'takes out %s behind a colour of a terminal, and in JSON within a text',
    (secret, text) => {
      expect(redact(`\u001b[31m${text}`, 'secretsAndContacts')).not.toContain(secret);
      const inner = JSON.stringify({ log: `\u001b[1;31m${text}`, lines: `first\n${text}\n${text}` });
      const clean = redact(`it said ${inner}`, 'secretsAndContacts');
      expect(clean).not.toContain(secret);
      expect(() => JSON.parse(clean.slice('it said '.length)) as unknown).not.toThrow();
    },
  );

  it('changes nothing when it is done a second time', () => {
    const text = fc.constantFrom(...planted.map(([, one]) => one));
    fc.assert(
      fc.property(fc.array(fc.oneof(text, fc.string())), (parts) => {
        const once = redact(parts.join(' '), 'secretsAndContacts');
        expect(redact(once, 'secretsAndContacts')).toBe(once);
      }),
    );
  });

  it('leaves alone what is no secret', () => {
    const text = [
      'The secret of a good task: ask-me-anything, risk-adjusted, L-2041, tokens 4000, sk-short.',
      'Password: required. Basic understanding of bearer bonds; 2027-02-21 10:00, order 100-200-3000, 3+12345678.',
      '{"properties":{"password":{"type":"string"}},"usage":{"total_tokens":1234567890}}',
      'https://example.com:8080/a@b 1764367986000 call_9f8e7d6c5b4a39281706',
    ].join('\n');
    expect(redact(text, 'secretsAndContacts')).toBe(text);
  });

  it('takes out a secret that is known, whatever it looks like, and members that are named as secrets', () => {
    expect(redact('wrong key: my-own-key', 'secrets', ['my-own-key'])).toBe('wrong key: [redacted:api-key]');
    expect(redactJson({ api_key: 12345, Cookie: 'a', password: { type: 'string' } }, 'secrets')).toEqual({
      api_key: '[redacted:secret]',
      Cookie: '[redacted:secret]',
      password: { type: 'string' },
    });
  });
});

describe('a body', () => {
  it('without secrets is the same, byte for byte', () => {
    for (const text of ['{ "a" : 1.0 }\n', 'data: {"a":  1}\n\ndata: [DONE]\r\n\r\n', 'plain', ''])
      expect(redactBody(text, 'secretsAndContacts')).toBe(text);
  });

  it('that was JSON stays JSON', () => {
    const body = JSON.stringify({ error: { message: `Incorrect key "${planted[0]![1]}"\n${pem}` } }, null, 2);
    expect(JSON.parse(redactBody(body, 'secrets'))).toEqual({
      error: { message: 'Incorrect key "key [redacted:api-key] here"\n[redacted:private-key]' },
    });
  });

  it('that streams loses a secret told in pieces, however it is cut, and keeps its frames', () => {
    const text = 'Use sk-proj-abcdefghijklmnopqrstuv, or mail ann@acme.com, or my-own-key.';
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 12, maxLength: 40 }), (sizes) => {
        const frames = piecesOf(text, sizes).map(
          (content, at) =>
            `data: ${JSON.stringify({ id: 'c1', choices: [{ index: 0, delta: { content } }], at })}\n\n`,
        );
        const clean = redactBody(`${frames.join('')}data: [DONE]\n\n`, 'secretsAndContacts', ['my-own-key']);
        const read = clean.split('\n\n').filter((frame) => frame.startsWith('data: {'));
        const said = read.map((frame) => {
          const { choices } = JSON.parse(frame.slice(6)) as { choices: [{ delta: { content: string } }] };
          return choices[0].delta.content;
        });
        expect(read).toHaveLength(frames.length);
        expect(said.join('')).toBe(
          'Use [redacted:api-key], or mail [redacted:email], or [redacted:api-key].',
        );
      }),
    );
  });
});

/** The text in pieces of these sizes; the rest is the last piece. */
function piecesOf(text: string, sizes: readonly number[]): readonly string[] {
  const pieces: string[] = [];
  let at = 0;
  for (const size of sizes) {
    pieces.push(text.slice(at, at + size));
    at += size;
  }
  return [...pieces, text.slice(at)];
}
