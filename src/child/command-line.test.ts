// Tests of command lines: words as a shell would part them, and the names that reports call commands by.
import { expect, it } from 'vitest';
import { commandName, commandWords } from './command-line.ts';

it.each([
  ['python team.py', ['python', 'team.py']],
  ['  a   b\tc ', ['a', 'b', 'c']],
  [`sh -c 'echo "$A" | cat'`, ['sh', '-c', 'echo "$A" | cat']],
  [`a "b 'c' \\" d" e\\ f ''`, ['a', `b 'c' " d`, 'e f', '']],
  [`'back\\slash'`, ['back\\slash']],
])('%j is parted into %j', (text, words) => expect(commandWords(text)).toEqual(words));

it.each([
  [['python', 'teams/my team.py', '--fast'], 'my-team'],
  [['/usr/bin/node', '--import', 'tsx', 'src/team.ts'], 'team'],
  [['./run-team'], 'run-team'],
  [['sh', '-c', 'echo x.y'], 'sh'],
  [['-'], 'subject'],
])('%j is called %s', (words, name) => expect(commandName(words)).toBe(name));
