// Tests of the verb gateway: one line of JSON once it listens, one file for everything, and what is refused before.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gatewayVerb } from './gateway.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'muster-gateway-'))));
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** Starts the verb; what it has printed so far, and its exit status once it is over. */
function muster(...words: readonly string[]) {
  let printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  let status: number | null = null;
  const program = new Command().exitOverride();
  gatewayVerb(program, (code) => (status = code));
  const over = program.parseAsync(['gateway', ...words], { from: 'user' }).then(() => status);
  return { over, printed: () => printed };
}

interface Line {
  readonly openai: string;
  readonly control: string;
  readonly token: string;
}

async function lineOf({ over, printed }: ReturnType<typeof muster>): Promise<Line> {
  while (!printed().includes('\n'))
    await Promise.race([over, new Promise((done) => void setImmediate(done))]);
  return JSON.parse(printed()) as Line;
}

async function statusOf({ openai }: Line, content: string): Promise<number> {
  const messages = [{ role: 'user', content }];
  const response = await fetch(`${openai}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'gpt-4o', messages }),
  });
  return response.status;
}

describe('muster gateway', () => {
  it('prints one line of JSON once it listens, answers as one file says, and ends with 0 when it is told to', async () => {
    const injection = { fault: { kind: 'llm.serverError' }, trigger: { kind: 'nth', n: 2 } };
    const chaos = { schemaVersion: 1, name: 'p', hypothesis: 'h', injections: [injection] };
    const script = file('script.json', { chaos, settings: { seed: 3 }, entries: [{ replies: ['hi'] }] });
    const started = muster('--script', script, '--json');
    const line = await lineOf(started);
    expect(Object.keys(line)).toEqual(['openai', 'anthropic', 'gemini', 'control', 'token']);
    expect([await statusOf(line, 'a'), await statusOf(line, 'b'), await statusOf(line, 'c')]).toEqual([
      200, 500, 200,
    ]);
    const headers = { authorization: `Bearer ${line.token}` };
    await fetch(`${line.control}/shutdown`, { method: 'POST', headers });
    expect(await started.over).toBe(0);
    expect(started.printed().split('\n')).toHaveLength(2);
  });

  it.for([
    [['--host', '0.0.0.0'], 'GATEWAY_EXPOSED', '--host'],
    [['--port', 'seven'], 'BAD_USAGE', '--port'],
    [['--script', 'gone.json'], 'FILE_UNREADABLE', 'gone.json'],
    [['--cassettes', 'gone'], 'CASSETTE_UNREADABLE', 'gone'],
    [['--time-scale', '0'], 'BAD_USAGE', '--time-scale'],
  ] as const)('refuses %s', async ([words, code, place]) => {
    await expect(muster(...words).over).rejects.toMatchObject({ code, place });
  });

  it('says where a file is no JSON, and where it is no script', async () => {
    const broken = file('broken.json', '{"entries":\n [}');
    await expect(muster('--script', broken).over).rejects.toMatchObject({ place: `${broken}:2:3` });
    const wrong = file('wrong.json', { entries: [{ replies: [] }] });
    await expect(muster('--script', wrong).over).rejects.toMatchObject({
      place: `${wrong}#/entries/0/replies`,
    });
  });
});
