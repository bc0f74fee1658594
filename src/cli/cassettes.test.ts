// The verb cassettes, subcommand by subcommand: what it lists, complains of, finds, and takes out.
import { mkdtempSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../base/random.ts';
import { say } from '../llm/answer-draft.ts';
import { asking } from '../llm/asking.test-support.ts';
import { cassettes } from '../llm/cassette/cassettes.ts';
import { script } from '../llm/script.ts';
import { UsageMarks } from '../llm/cassette/usage-marks.ts';
import { listCassettes } from './cassettes/list.ts';
import { pruneCassettes } from './cassettes/prune.ts';
import { scanCassettes } from './cassettes/scan.ts';
import { verifyCassettes } from './cassettes/verify.ts';

const random = createRandom(1);
const asks = [
  asking({ agent: 'writer' }),
  asking({ agent: 'writer', turn: 2 }),
  asking({ agent: 'A/critic' }),
];

function recordedFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cassettes-'));
  const live = script({ agents: { writer: () => say('line'), 'A/critic': () => say('fine') } });
  const double = cassettes({ folder, mode: 'all', live });
  for (const ask of asks) void double.answer(ask, random);
  return folder;
}

function change(path: string, from: string, to: string): void {
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

describe('muster cassettes', () => {
  it('lists one file an agent, and finds nothing wrong with what was recorded', () => {
    const folder = recordedFolder();
    const { lines, data } = listCassettes(folder);
    expect(lines).toHaveLength(3);
    expect(data).toMatchObject({
      files: [{ recordings: 1 }, { agents: [{ agent: 'writer', recordings: 2 }] }],
    });
    expect(verifyCassettes(folder)).toMatchObject({ exit: 0, data: { complaints: [] } });
    expect(scanCassettes(folder, 'secretsAndContacts')).toMatchObject({ exit: 0, data: { findings: [] } });
  });

  it('adds a recording without changing a line of the others', () => {
    const folder = recordedFolder();
    const path = join(folder, 'writer.json');
    const before = readFileSync(path, 'utf8').split('\n');
    const live = script({ agents: { writer: () => say('more') } });
    void cassettes({ folder, mode: 'missing', live }).answer(asking({ agent: 'writer', turn: 3 }), random);
    const after = readFileSync(path, 'utf8').split('\n');
    const tail = before.slice(-3);
    expect(after.slice(0, before.length - 3)).toEqual(before.slice(0, -3));
    expect(after.slice(-3)).toEqual(tail);
  });

  it('complains of edited, unordered, doubled and broken recordings, with their place', () => {
    const folder = recordedFolder();
    const path = join(folder, 'writer.json');
    writeFileSync(join(folder, 'z-copy.json'), readFileSync(path, 'utf8'));
    writeFileSync(join(folder, 'broken.json'), '{');
    change(path, '"turn": 1', '"turn": 9');
    change(path, 'Write a line.', 'Write two lines.');
    const { exit, data } = verifyCassettes(folder);
    const told = (data as unknown as { complaints: { file: string; pointer: string; message: string }[] })
      .complaints;
    const short = told.map(
      ({ file, pointer, message }) => `${file.slice(folder.length + 1)}${pointer} ${message.slice(0, 14)}`,
    );
    expect(exit).toBe(1);
    expect(short).toEqual([
      'broken.json:1:2 [CASSETTE_CORR',
      'writer.json#/recordings/0 the key is not',
      'writer.json#/recordings/1 it is out of o',
      'z-copy.json#/recordings/1 the same reque',
    ]);
  });

  it('finds a secret that somebody put into a file, and never says it', () => {
    const folder = recordedFolder();
    change(join(folder, 'writer.json'), '"line"', '"Bearer abcdef0123456789"');
    const { exit, lines } = scanCassettes(folder, null);
    expect(exit).toBe(1);
    expect(lines[0]).toBe(`${join(folder, 'writer.json')}#/recordings/0/outcome/answer/content: token`);
    expect(lines.join()).not.toContain('abcdef0123456789');
  });

  it('takes out what no marked run used, once it is told yes, and nothing where no run left marks', () => {
    const folder = recordedFolder();
    expect(() => pruneCassettes(folder, { yes: true })).toThrow(/\[CASSETTE_NO_MARKS\]/);
    const marks = new UsageMarks(folder);
    void cassettes({ folder, onUsed: (one) => marks.mark(one) }).answer(asks[0]!, random);
    marks.write();
    const writer = join(folder, 'writer.json');
    const before = readFileSync(writer, 'utf8');
    expect(pruneCassettes(folder, {}).lines.at(-1)).toBe('2 recordings would be taken out; --yes does it');
    expect(readFileSync(writer, 'utf8')).toBe(before);
    pruneCassettes(folder, { yes: true });
    expect(listCassettes(folder).data).toMatchObject({ files: [{ path: writer, recordings: 1 }] });
    expect(existsSync(join(folder, 'A-critic.json'))).toBe(false);
  });
});
