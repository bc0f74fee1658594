// Tests of URL patterns: named steps, the rest of a path, other origins, patterns that are none.
import { expect, it } from 'vitest';
import { compileUrlPattern } from './url-pattern.ts';

it.each([
  ['https://a.b/leads/:id', 'https://a.b/leads/L%201?x=1', { id: 'L 1' }],
  ['https://a.b/leads/:id', 'https://a.b/leads/1/notes', null],
  ['https://a.b/leads/:id', 'https://a.b/leads', null],
  ['https://a.b/leads/:id', 'http://a.b/leads/1', null],
  ['https://a.b/files/*', 'https://a.b/files/x/y', {}],
  ['https://a.b/tools/crm.lookup', 'https://a.b/tools/crmXlookup', null],
  ['https://a.b/', 'https://a.b/', {}],
])('%s meets %s', (pattern, url, values) => {
  expect(compileUrlPattern(pattern)(new URL(url))).toEqual(values);
});

it('refuses a pattern that is no absolute URL', () => {
  expect(() => compileUrlPattern('/leads/:id')).toThrow(/\[ROUTE_BAD_URL\].*"\/leads\/:id"/);
});
