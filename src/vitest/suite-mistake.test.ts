// Mistakes in suites, told by code, place and hint.
import { describe, expect, it } from 'vitest';
import { MusterError } from '../base/muster-error.ts';
import { isMusterError, suiteMistake } from './suite-mistake.ts';

const place = { where: 'suites/a.suite.ts', root: '/project', kind: 'file' } as const;
const frame = (file: string) => ({ file, line: 3, column: 5 });

describe('a mistake in a suite', () => {
  it('that is a MusterError is told in its own words, under the file that threw it', () => {
    const error = new MusterError({ code: 'TEAM_X', place: 'team y', message: 'no', hint: 'do' });
    const crossed = { message: error.message, code: error.code, place: error.place, hint: error.hint };
    expect(suiteMistake(crossed, place).text).toBe('suites/a.suite.ts\n[TEAM_X] at team y: no\n  hint: do');
  });

  it('is placed at the first line of the stack that is the project’s own', () => {
    const stacks = [frame('/project/node_modules/vite/index.js'), frame('/project/fixtures/team.ts')];
    expect(suiteMistake({ message: 'x is null', stacks }, place).text).toMatch(
      /^suites\/a\.suite\.ts\n\[SUITE_NOT_LOADED\] at fixtures\/team\.ts:3:5: x is null\n/,
    );
  });

  it('in its syntax is placed where the message says, with no colour and no machine path', () => {
    const message =
      'Transform failed with 1 error:\n\n\u001b[31m[PARSE_ERROR]\u001b[0m Unexpected token\n  [ /project/suites/a.suite.ts:2:10 ]';
    expect(suiteMistake({ message, stacks: [frame('/usr/lib/vite.js')] }, place).text).toMatch(
      /^\[SUITE_NOT_LOADED\] at suites\/a\.suite\.ts:2:10: Transform failed with 1 error: \[PARSE_ERROR\] Unexpected token\n/,
    );
  });

  it('is not taken for a MusterError because it has a code', () => {
    expect(isMusterError(Object.assign(new Error('no such file'), { code: 'ENOENT' }))).toBe(false);
    expect(isMusterError(null)).toBe(false);
  });
});
