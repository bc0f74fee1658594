// Tests of recording as a user does it: one process records from a provider on loopback, another one replays it.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { standInProvider } from '../gateway/stand-in-provider.test-support.ts';
import { makeProject, type Running } from './project.test-support.ts';

const secrets = {
  header: 'my-very-own-key-1',
  key: 'sk-proj-abcdefghijklmnopqrstuv',
  mail: 'ann@acme.com',
  bearer: 'abcdef0123456789abcdef',
};

interface Line {
  readonly openai: string;
  readonly control: string;
  readonly token: string;
}

/** What a caller is told, plain and streamed, by a gateway that is shut down after it. */
async function told(running: Running): Promise<readonly string[]> {
  const { openai, control, token } = JSON.parse(await running.firstLine) as Line;
  const messages = [
    { role: 'system', content: `You are Ann, ${secrets.mail}.` },
    { role: 'user', content: `Use ${secrets.key}, mail ${secrets.mail}.` },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: 'c1', content: `Authorization: Bearer ${secrets.bearer}` },
  ];
  const replies: string[] = [];
  for (const stream of [false, true]) {
    const response = await fetch(`${openai}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secrets.header}`, 'x-muster-agent': 'clerk' },
      body: JSON.stringify({ model: 'gpt-real', stream, messages }),
    });
    replies.push(`${response.status} ${await response.text()}`);
  }
  await fetch(`${control}/shutdown`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  expect(await running.ended).toMatchObject({ status: 0, stderr: '' });
  return replies;
}

describe('muster gateway --record', { timeout: 60_000 }, () => {
  const project = makeProject({});
  afterAll(() => project[Symbol.dispose]());

  it('keeps what the provider sent and no secret in any file, and --cassettes gives it again without the provider', async () => {
    const real = await standInProvider((_system, n) => `Answer ${n}.`);
    const words = ['--record', '--upstream', `openai=${real.url}`, '--cassettes', 'kept', '--json'];
    const first = await told(project.started('gateway', ...words));
    expect(first[0]).toContain('"odd": "member"');
    expect(real.requests).toHaveLength(2);
    await real.close();

    const made = readdirSync(project.root).filter((name) => name !== 'node_modules');
    expect(made.sort()).toEqual(['kept', 'package.json', 'vitest.config.ts']);
    const written = readdirSync(join(project.root, 'kept'));
    expect(written).toEqual(['clerk.json']);
    for (const path of written)
      for (const secret of Object.values(secrets)) expect(project.read(`kept/${path}`)).not.toContain(secret);
    expect(await told(project.started('gateway', '--cassettes', 'kept', '--json'))).toEqual(first);
  });
});
