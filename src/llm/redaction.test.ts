// Tests of redaction: twice is the same as once, harmless text stays.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { redact } from './redaction.ts';

const secret = fc.constantFrom(
  'sk-proj-abcdefghijklmnopqrstuv',
  'Authorization: Bearer abcdefgh12345678',
  'password=hunter22x',
  '{"api_key":"0123456789abcdef"}',
  'eyJhbGciOiJI.eyJzdWIiOiIx.abc_def',
  'ann@acme.com',
);

it('changes nothing when it is done a second time', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(secret, fc.string())), (parts) => {
      const once = redact(parts.join(' '), 'secretsAndEmails');
      expect(redact(once, 'secretsAndEmails')).toBe(once);
    }),
  );
});

it('leaves alone what is no secret', () => {
  const text = 'The secret of a good task: ask-me-anything, risk-adjusted, L-2041, tokens 4000, sk-short.';
  expect(redact(text, 'secretsAndEmails')).toBe(text);
});
