// Tests of what a gateway must bear: broken requests, clients that go away, too much of everything, and no right to ask.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Injection } from '../chaos/plan.ts';
import { script } from '../llm/script.ts';
import { say } from '../llm/answer-draft.ts';
import { startGateway, type Gateway, type GatewayParts } from './gateway.ts';
import type { RunSetup } from './run-setup.ts';

let open: Gateway[] = [];
afterEach(async () => {
  await Promise.all(open.map((gateway) => gateway.close()));
  open = [];
});

const model = script({ agents: { unattributed: () => say('well') } });

async function gatewayWith(setup: Partial<RunSetup> = {}, more: GatewayParts = {}): Promise<Gateway> {
  const gateway = await startGateway({ setup: { model, ...setup }, token: 'secret', ...more });
  open.push(gateway);
  return gateway;
}

const chat = (content = 'hello', more: object = {}): string =>
  JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content }], ...more });

async function post(
  gateway: Gateway,
  body: string | Buffer | ReadableStream,
  { path = '/v1/chat/completions', headers = {} }: { path?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; error: { code: string | null; message: string; type?: string } }> {
  const response = await fetch(`${gateway.urls().anthropic}${path}`, {
    method: 'POST',
    body,
    headers,
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
  });
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  return { status: response.status, error };
}

async function control(
  gateway: Gateway,
  order: string,
  { body, token = 'secret' }: { body?: unknown; token?: string } = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const [method = '', path = ''] = order.split(' ');
  const response = await fetch(`${gateway.urls().control}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const plan = (...injections: readonly Injection[]) =>
  ({ schemaVersion: 1, name: 'p', hypothesis: 'h', injections }) as const;
const always = (kind: string, more: object = {}): Injection => ({
  fault: { kind, ...more },
  trigger: { kind: 'always' },
});

/** A plain socket that has sent this; what it received so far, and until it is closed. */
async function rawSocket(gateway: Gateway, ...sent: readonly string[]) {
  const socket: Socket = connect(Number(new URL(gateway.urls().openai).port), '127.0.0.1');
  const received: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => received.push(chunk));
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  for (const text of sent) socket.write(text);
  const text = (): string => Buffer.concat(received).toString();
  const closed = new Promise<string>((resolve) => void socket.on('close', () => resolve(text())));
  return { socket, text, closed };
}

const httpPost = (body: string): string =>
  `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => void setImmediate(resolve));
}

const outcomes = (gateway: Gateway): readonly string[] =>
  gateway
    .run()
    .journal.read()
    .entries.map((entry) => entry.outcome);

describe('a request that is refused', () => {
  it.for([
    ['broken JSON', '{"model": "gpt-4o", ', 400, null],
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 400, 'GATEWAY_NOT_UTF8'],
    ['too large a body', chat('x'.repeat(3_000)), 413, 'GATEWAY_BODY_TOO_LARGE'],
    ['too large a body whose size is not told', 'stream', 413, 'GATEWAY_BODY_TOO_LARGE'],
  ] as const)("for %s is told so in the provider's shape, and journalled", async ([, body, status, code]) => {
    const gateway = await gatewayWith({}, { limits: { bodyBytesMax: 2_000 } });
    const sent = body === 'stream' ? new Blob([chat('x'.repeat(9_000))]).stream() : body;
    const refused = await post(gateway, sent);
    expect(refused).toMatchObject({ status, error: { code, type: 'invalid_request_error' } });
    expect(outcomes(gateway)).toEqual(['refused']);
    expect((await post(gateway, chat())).status).toBe(200);
  });

  it('for a path that nobody serves, or a name that leads out of its folder, is told so', async () => {
    const gateway = await gatewayWith();
    expect(await post(gateway, chat(), { path: '/v1/nothing' })).toMatchObject({ status: 404 });
    for (const headers of [{ 'x-muster-run': '../../etc/passwd' }, { 'x-muster-run': '.hidden' }])
      expect(await post(gateway, chat(), { headers })).toMatchObject({ error: { code: 'GATEWAY_BAD_RUN' } });
    const raw = await rawSocket(gateway, httpPost(chat()).replace('/v1', '/runs/..%2f..%2fetc/v1'));
    await until(() => raw.text().includes('GATEWAY_BAD_RUN'));
    expect(gateway.run().journal.read().entries).toHaveLength(1);
  });

  it('because nothing is loaded says what to do', async () => {
    const gateway = await startGateway();
    open.push(gateway);
    const { status, error } = await post(gateway, chat());
    expect([status, error.message]).toEqual([404, expect.stringContaining('GATEWAY_NOTHING_LOADED')]);
  });
});

describe('a connection that is no good', () => {
  it('is answered with 400 when it does not speak HTTP, and closed', async () => {
    const raw = await rawSocket(await gatewayWith(), 'GIVE ME\r\n\r\n');
    expect(await raw.closed).toMatch(/^HTTP\/1.1 400 .*"error":/s);
  });

  it('is answered with 431 when its headers are too long', async () => {
    const raw = await rawSocket(await gatewayWith(), `GET / HTTP/1.1\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`);
    expect(await raw.closed).toMatch(/^HTTP\/1.1 431 /);
  });

  it('is answered with 408 when its headers dribble in, while others are served', async () => {
    const gateway = await gatewayWith({}, { limits: { headersMs: 100 } });
    const slow = await rawSocket(gateway, 'POST /v1/chat/completions HTTP/1.1\r\nhost:');
    expect((await post(gateway, chat())).status).toBe(200);
    expect(await slow.closed).toMatch(/^HTTP\/1.1 408 /);
  });

  it('that its client closes in the middle of a stream is an abandoned call, and a retry gets the answer', async () => {
    const gateway = await gatewayWith({ chaos: plan(always('stream.slowTtft', { ms: 60_000 })) });
    const raw = await rawSocket(gateway, httpPost(chat('a', { stream: true })));
    await until(() => raw.text().includes('200 OK'));
    raw.socket.destroy();
    await until(() => outcomes(gateway)[0] === 'abandoned');
    gateway.run().disarm();
    expect((await post(gateway, chat('a', { stream: true })).catch(() => null)) ?? 'streamed').toBe(
      'streamed',
    );
    expect(gateway.run().journal.read().entries[1]).toMatchObject({ turn: 1, attempt: 2 });
  });
});

describe('faults on the wire', () => {
  it('let arrive what was sent before the connection breaks', async () => {
    const content = 'a rather long answer, in which something comes before the cut';
    const gateway = await gatewayWith({
      model: script({ agents: { unattributed: () => say(content) } }),
      chaos: plan(always('stream.cut', { after: 1 })),
    });
    const raw = await rawSocket(gateway, httpPost(chat('a', { stream: true })));
    const text = await raw.closed;
    expect(text).toContain('a rather long');
    expect(text).not.toContain('[DONE]');
    expect(text.endsWith('0\r\n\r\n')).toBe(false);
  });

  it('break a connection before a byte of the answer is there', async () => {
    const gateway = await gatewayWith({ chaos: plan(always('llm.reset')) });
    const raw = await rawSocket(gateway, httpPost(chat()));
    expect(await raw.closed).toBe('');
  });

  it('are armed, disarmed and armed again by whoever has the token', async () => {
    const gateway = await gatewayWith();
    const status = async (): Promise<number> => (await post(gateway, chat())).status;
    expect(await status()).toBe(200);
    await control(gateway, 'POST /plan', { body: plan(always('llm.rateLimit')) });
    expect(await status()).toBe(429);
    await control(gateway, 'POST /disarm');
    expect(await status()).toBe(200);
    await control(gateway, 'POST /arm');
    expect(await status()).toBe(429);
    await control(gateway, 'POST /reset');
    expect((await control(gateway, 'GET /journal')).body).toMatchObject({ entries: [], dropped: 0 });
  });
});

describe('a slow reader', () => {
  it('holds the stream up, and gets all of it in the end', async () => {
    const content = 'x'.repeat(200_000);
    const gateway = await gatewayWith({ model: script({ agents: { unattributed: () => say(content) } }) });
    const raw = await rawSocket(gateway);
    raw.socket.pause();
    raw.socket.write(httpPost(chat('a', { stream: true })));
    await until(() => outcomes(gateway).length === 1);
    raw.socket.resume();
    await until(() => raw.text().endsWith('0\r\n\r\n'));
    expect(raw.text().split('xxxx').length).toBeGreaterThan(45_000);
  });
});

describe('what builds up', () => {
  it('is bounded: the oldest events and entries are dropped and counted, the newest stay', async () => {
    const gateway = await gatewayWith({}, { limits: { eventsMax: 8, journalMax: 4 } });
    for (let count = 0; count < 10; count += 1) await post(gateway, chat(`${count}`));
    const { entries, dropped } = gateway.run().journal.read();
    expect([entries.length + dropped, entries.at(-1)?.n, entries[0]?.n]).toEqual([10, 10, dropped + 1]);
    const { events } = gateway.run().trace();
    expect(events.length).toBeLessThanOrEqual(8);
    expect(events.map((event) => event.seq)).toEqual(
      events.map((_, index) => gateway.run().droppedEvents + index + 1),
    );
    expect(events.at(-1)?.seq).toBe(20);
  });

  it('is forgotten with the run that was idle longest', async () => {
    const gateway = await gatewayWith({}, { limits: { runsMax: 2 } });
    for (const run of ['a', 'b', 'a', 'c'])
      await post(gateway, chat(), { path: `/runs/${run}/v1/chat/completions` });
    expect((await control(gateway, 'GET /runs')).body).toMatchObject({
      runs: [{ name: 'a', requests: 2 }, { name: 'c' }],
      forgotten: 1,
    });
  });
});

describe('the control API', () => {
  it('answers nobody without its token, and health to everybody', async () => {
    const gateway = await gatewayWith();
    for (const order of ['GET /journal', 'POST /shutdown', 'GET /nothing'])
      expect(await control(gateway, order, { token: 'wrong' })).toMatchObject({
        status: 401,
        body: { error: { code: 'CONTROL_UNAUTHORISED' } },
      });
    const health = await fetch(`${gateway.urls().anthropic}/health`);
    expect([health.status, await health.json()]).toEqual([200, { status: 'ok', runs: 0 }]);
  });

  it('loads a script for one run, and says where a bad one is wrong', async () => {
    const gateway = await gatewayWith();
    const body = [{ match: { agent: 'planner' }, replies: ['planned'] }];
    expect(await control(gateway, 'POST /script?run=a', { body })).toMatchObject({ status: 200 });
    const path = '/runs/a/v1/chat/completions';
    expect((await post(gateway, chat(), { path, headers: { 'x-muster-agent': 'planner' } })).status).toBe(
      200,
    );
    expect((await post(gateway, chat(), { path })).error.message).toContain("it is for agent 'planner'");
    expect((await post(gateway, chat())).status).toBe(200);
    expect(await control(gateway, 'POST /script', { body: [{ replies: [7] }] })).toMatchObject({
      status: 400,
      body: { error: { code: 'SCRIPT_INVALID', place: 'script#/0/replies/0' } },
    });
    expect(await control(gateway, 'POST /nothing')).toMatchObject({ status: 404 });
  });

  it('shuts the gateway down, and says so before', async () => {
    const gateway = await gatewayWith();
    expect((await control(gateway, 'POST /shutdown')).body).toEqual({ shutdown: true });
    await gateway.closed;
    await expect(fetch(`${gateway.urls().anthropic}/health`)).rejects.toThrow('fetch failed');
  });
});

describe('whoever watches a run', () => {
  it('may have a note taken, and may stop it: then no call is answered any more', async () => {
    const gateway = await gatewayWith({
      watch: () => {
        let calls = 0;
        return ({ kind }) => {
          if (kind === 'model.called') calls += 1;
          if (kind !== 'model.called' || calls < 2) return null;
          return calls === 2
            ? { kind: 'alarm', message: 'round and round' }
            : { kind: 'stop', message: 'it loops: planner, critic, planner' };
        };
      },
    });
    const told = [];
    for (let count = 0; count < 4; count += 1) told.push(await post(gateway, chat(`${count}`)));
    expect(told.map(({ status }) => status)).toEqual([200, 200, 400, 400]);
    expect(told[3]?.error.message).toBe('it loops: planner, critic, planner');
    expect(
      gateway
        .run()
        .journal.read()
        .notes.map(({ note }) => note)
        .slice(0, 2),
    ).toEqual(['alarm: round and round', 'stop: it loops: planner, critic, planner']);
  });
});
