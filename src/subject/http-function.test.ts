// Tests of the HTTP function: what a team on the real `openai` client meets, and what the trace says of it.
import http from 'node:http';
import { setTimeout as sleepPromise } from 'node:timers/promises';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import type { Json } from '../base/json.ts';
import type { Injection } from '../chaos/plan.ts';
import type { Attribution } from '../llm/attribution.ts';
import type { Subject } from '../engine/run.ts';
import { failWith, script } from '../llm/script.ts';
import { say, useTool } from '../llm/answer-draft.ts';
import type { Trace } from '../trace/trace.ts';
import { httpFunction } from './http-function.ts';
import { kinds, lastedMs, messages, runPlan, solo } from './solo-team.test-support.ts';

const nth = (n: number): Injection['trigger'] => ({ kind: 'nth', n });
const realFetch = globalThis.fetch;

async function chat(client: OpenAI): Promise<{ text: string | null }> {
  const completion = await client.chat.completions.create({ model: 'gpt-4o', messages });
  return { text: completion.choices[0]?.message.content ?? null };
}

async function chatStream(client: OpenAI): Promise<{ text: string; finish: string | null }> {
  const stream = await client.chat.completions.create({ model: 'gpt-4o', messages, stream: true });
  let text = '';
  let finish: string | null = null;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta.content ?? '';
    finish = chunk.choices[0]?.finish_reason ?? finish;
  }
  return { text, finish };
}

const line = [say('A line of some forty characters, no less.')];

function witnessed(trace: Trace): readonly string[] {
  return trace.events.flatMap((event) => (event.kind === 'fault.witnessed' ? [event.fault] : []));
}

function failure(trace: Trace): string {
  const end = trace.events.find((event) => event.kind === 'mission.ended');
  return end?.kind === 'mission.ended' ? `${end.end}: ${end.reason}` : '';
}

describe('a healthy run', () => {
  it('returns the result of the function, told as crossings', async () => {
    const trace = await solo({ run: chat, writer: line }).run(runPlan());
    expect(trace.result).toEqual({ text: 'A line of some forty characters, no less.' });
    expect(kinds(trace)).toEqual([
      'mission.started',
      'model.called',
      'model.answered',
      'mission.ended',
      'run.stopped',
    ]);
    expect(lastedMs(trace)).toBe(1_000);
  });

  it('is the same, byte for byte, when it is run again, and not with another seed', async () => {
    const draws: unknown[] = [];
    const team = solo({
      run: async (client) => {
        draws.push([Math.random(), crypto.randomUUID(), Date.now()]);
        return chat(client);
      },
      writer: (_ask, random) => say(`draw ${random.integer(0, 1_000_000)}`),
    });
    const storm: Injection[] = [{ fault: { kind: 'llm.rateLimit', retryAfter: 'missing' }, trigger: nth(1) }];
    const [one, other] = [await team.run(runPlan(storm)), await team.run(runPlan(storm))];
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
    expect(draws[0]).toEqual(draws[1]);
    const third = await team.run({ ...runPlan(storm), seed: 2 });
    expect(third.result).not.toEqual(one.result);
    expect(draws[2]).not.toEqual(draws[0]);
  });

  it('leaves clock, chance and network as they were', async () => {
    const before = [
      globalThis.fetch,
      globalThis.setTimeout,
      Date,
      Math.random,
      Reflect.get(crypto, 'randomUUID'),
      process.listenerCount('unhandledRejection'),
    ];
    await solo({ run: chat, writer: line }).run(runPlan());
    expect([
      globalThis.fetch,
      globalThis.setTimeout,
      Date,
      Math.random,
      Reflect.get(crypto, 'randomUUID'),
      process.listenerCount('unhandledRejection'),
    ]).toEqual(before);
  });

  it('waits for another run that is going on in the process', async () => {
    const team = solo({ run: chat, writer: line });
    const traces = await Promise.all([team.run(runPlan()), team.run(runPlan()), team.run(runPlan())]);
    expect(new Set(traces.map((trace) => JSON.stringify(trace))).size).toBe(1);
  });
});

describe('failures that the client survives', () => {
  it('waits as long as retry-after says, and counts the attempt', async () => {
    const injections = [{ fault: { kind: 'llm.rateLimit', retryAfterMs: 30_000 }, trigger: nth(1) }];
    const trace = await solo({ run: chat, writer: [say('first'), say('second')] }).run(runPlan(injections));
    expect(trace.result).toEqual({ text: 'first' });
    expect(lastedMs(trace)).toBe(31_000);
    expect(kinds(trace)).toContain('model.failed rateLimited 429');
    expect(
      trace.events.flatMap((event) => (event.kind === 'model.called' ? [[event.turn, event.attempt]] : [])),
    ).toEqual([
      [1, 1],
      [1, 2],
    ]);
    expect(witnessed(trace)).toEqual(['llm.rateLimit']);
  });

  it.each([
    ['llm.serverError', { status: 500 }, 'model.failed serverError 500'],
    ['llm.serverError', { status: 502, body: 'proxyHtml' }, 'model.failed serverError 502'],
    ['llm.reset', {}, 'model.failed reset'],
    ['llm.refused', {}, 'model.failed refused'],
    ['llm.drop', {}, 'model.failed unreachable'],
  ])('is retried after %s %j', async (kind, parameters, told) => {
    const trace = await solo({ run: chat, writer: line }).run(
      runPlan([{ fault: { kind, ...parameters }, trigger: nth(1) }]),
    );
    expect(kinds(trace)).toContain(told);
    expect(kinds(trace).filter((one) => one === 'model.called')).toHaveLength(2);
    expect(failure(trace)).toBe('done: the team returned');
    expect(witnessed(trace)).toEqual([kind]);
  });

  it('lives through a virtual hour of retries', async () => {
    const trace = await solo({
      run: async (client) => chat(client.withOptions({ maxRetries: 65 })),
      writer: line,
    }).run(
      runPlan(
        [{ fault: { kind: 'llm.rateLimit', retryAfterMs: 58_000, burst: 62 }, trigger: nth(1) }],
        7_200_000,
      ),
    );
    expect(lastedMs(trace)).toBeGreaterThan(3_590_000);
    expect(failure(trace)).toBe('done: the team returned');
  });

  it('answers a call whose client timed out when it asks again', async () => {
    const trace = await solo({
      run: async (client) => chat(client.withOptions({ timeout: 20_000 })),
      writer: line,
    }).run(runPlan([{ fault: { kind: 'llm.hang' }, trigger: nth(1) }]));
    expect(kinds(trace)).toContain('model.failed timeout');
    expect(failure(trace)).toBe('done: the team returned');
    expect(witnessed(trace)).toEqual(['llm.hang']);
  });
});

describe('failures that reach the team', () => {
  it('fails loudly when the key is wrong', async () => {
    const trace = await solo({ run: chat, writer: line }).run(
      runPlan([{ fault: { kind: 'llm.authError' }, trigger: nth(1) }]),
    );
    expect(failure(trace)).toMatch(/^failed: Error: 401/);
  });

  it.each([
    ['error', /terminated|other side closed/, null],
    ['clean', /^done/, { text: 'A line of some', finish: null }],
  ])('cuts a stream with ending %s', async (ending, told, result) => {
    const trace = await solo({ run: chatStream, writer: line }).run(
      runPlan([{ fault: { kind: 'stream.cut', after: 1, unit: 'chunks', ending }, trigger: nth(1) }]),
    );
    expect(failure(trace)).toMatch(told);
    expect(kinds(trace)).toContain('model.failed cut');
    expect(trace.result).toEqual(result);
    expect(witnessed(trace)).toEqual(['stream.cut']);
  });

  it('is stalled by a stream that stays open and says nothing', async () => {
    const trace = await solo({ run: chatStream, writer: line }).run(
      runPlan([{ fault: { kind: 'stream.hang', afterChunks: 1 }, trigger: nth(1) }]),
    );
    expect(trace.events.at(-1)).toMatchObject({ kind: 'run.stopped', why: 'stalled' });
    expect(witnessed(trace)).toEqual(['stream.hang']);
  });

  it.each([
    ['llm.hang', {}, chat],
    ['llm.latency', { ms: 40_000 }, chat],
    ['stream.hang', { afterChunks: 1 }, chatStream],
    ['llm.lostResponse', { how: 'silent' }, chat],
  ])('feels %s when the answer would have come and did not', async (kind, parameters, run) => {
    const trace = await solo({ run, writer: line }).run(
      runPlan([{ fault: { kind, ...parameters }, trigger: nth(1) }]),
    );
    const felt = trace.events.find((event) => event.kind === 'fault.witnessed');
    expect((felt?.atMs ?? 0) - trace.startedAtMs).toBe(1_000);
  });

  it('is hung at the horizon when the team goes on waiting', async () => {
    const poll = async (): Promise<never> => {
      for (;;) await new Promise((resolve) => setTimeout(resolve, 5_000));
    };
    const trace = await solo({ run: poll, writer: line }).run(runPlan([], 60_000));
    expect(trace.events.at(-1)).toMatchObject({ kind: 'run.stopped', why: 'horizon' });
    expect(lastedMs(trace)).toBe(60_000);
  });

  it('is slowed down by slow chunks, in virtual time', async () => {
    const team = solo({ run: chatStream, writer: line });
    const slow = await team.run(
      runPlan([{ fault: { kind: 'stream.slowChunks', ms: 700 }, trigger: nth(1) }]),
    );
    expect(slow.result).toEqual((await team.run(runPlan())).result);
    expect(lastedMs(slow)).toBe(1_000 + 2 * 700);
  });

  it('takes a rejection that nobody handles for the failure of the team, as Node would', async () => {
    const stray = async (client: OpenAI): Promise<unknown> => {
      void client.chat.completions.create({ model: 'gpt-4o', messages });
      return new Promise(() => undefined);
    };
    const trace = await solo({ run: stray, writer: line }).run(
      runPlan([{ fault: { kind: 'llm.authError' }, trigger: nth(1) }]),
    );
    expect(failure(trace)).toMatch(/^failed: Error: 401/);
  });
});

describe('mistakes of the setup', () => {
  it('rejects with the method and the URL of a request that nothing stands in for', async () => {
    const run = async (): Promise<unknown> => fetch('https://example.org/secret?x=1', { method: 'PUT' });
    await expect(solo({ run, writer: line }).run(runPlan())).rejects.toThrow(
      /\[INTERCEPT_UNHANDLED\].*PUT https:\/\/example\.org\/secret\?x=1/,
    );
  });

  it('rejects with the mistake of a double, however the team takes it', async () => {
    const run = async (client: OpenAI): Promise<unknown> => chat(client).catch(() => 'never mind');
    const team = solo({ run, writer: line, more: { attribution: [] } });
    await expect(team.run(runPlan())).rejects.toThrow(/\[SCRIPT_UNKNOWN_AGENT\].*unattributed/s);
  });

  it('refuses an attribution rule for a stranger', () => {
    const attribution = [{ agent: 'wirter', system: 'x' }];
    expect(() => solo({ run: chat, writer: line, more: { attribution } })).toThrow(
      /\[SUBJECT_UNKNOWN_AGENT\].*wirter/,
    );
  });
});

describe('what libraries do', () => {
  it('is caught when a library kept `fetch` from before', async () => {
    const run = async (): Promise<unknown> => {
      const client = new OpenAI({ apiKey: 'x', fetch: realFetch });
      return { plain: await chat(client), streamed: await chatStream(client) };
    };
    const trace = await solo({ run, writer: line }).run(
      runPlan([{ fault: { kind: 'llm.serverError' }, trigger: nth(1) }]),
    );
    const text = 'A line of some forty characters, no less.';
    expect(trace.result).toEqual({ plain: { text }, streamed: { text, finish: 'stop' } });
  });

  it('is caught when it uses node:http', async () => {
    const run = async (): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const request = http.request(
          'http://api.openai.com/v1/chat/completions',
          { method: 'POST' },
          (response) => {
            let text = '';
            response.on('data', (chunk: Buffer) => (text += String(chunk)));
            response.on('end', () => resolve({ id: (JSON.parse(text) as { id: string }).id }));
          },
        );
        request.on('error', reject);
        request.end(JSON.stringify({ model: 'm', messages }));
      });
    const team = solo({ run, writer: line, more: { providers: ['http://api.openai.com/v1'] } });
    const trace = await team.run(runPlan());
    expect(trace.result).toEqual({ id: expect.stringMatching(/^chatcmpl-/) as string });
    expect(JSON.stringify(await team.run(runPlan()))).toBe(JSON.stringify(trace));
  });

  it('sleeps in virtual time by every road that Node has', async () => {
    const run = async (): Promise<unknown> => {
      const startMs = Date.now();
      await sleepPromise(60_000);
      await new Promise((resolve) => setTimeout(resolve, 60_000));
      await new Promise((resolve) => setImmediate(resolve));
      const signal = AbortSignal.timeout(60_000);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return {
        sleptMs: Date.now() - startMs,
        now: new Date().toISOString(),
        reason: (signal.reason as Error).name,
      };
    };
    const trace = await solo({ run, writer: line }).run(runPlan());
    expect(trace.result).toEqual({
      sleptMs: 180_000,
      now: '2026-01-05T09:03:00.000Z',
      reason: 'TimeoutError',
    });
  });
});

describe('routes', () => {
  const crm = 'https://crm.internal/leads/:lead';
  const looked = (status: number, body: Json): unknown => ({ status, body });
  const look = async (): Promise<unknown> => {
    const response = await fetch('https://crm.internal/leads/L-1?full=yes');
    return looked(response.status, (await response.json()) as Json);
  };
  const toolTeam = (effect: 'pure' | 'once', run: () => Promise<unknown>) =>
    solo({
      run,
      writer: line,
      tools: {
        look: ({ arguments: args, store }) => ({
          ...args,
          count: store.set('n', Number(store.get('n') ?? 0) + 1).get('n') ?? 0,
        }),
      },
      more: { tools: ['look'], routes: [{ kind: 'tool', tool: 'look', method: 'GET', url: crm, effect }] },
    });

  it('carries a tool call to its double, with arguments of path and query', async () => {
    const trace = await toolTeam('pure', look).run(runPlan());
    expect(trace.result).toEqual({ status: 200, body: { lead: 'L-1', full: 'yes', count: 1 } });
    expect(kinds(trace)).toEqual([
      'mission.started',
      'tool.called',
      'tool.returned',
      'mission.ended',
      'run.stopped',
    ]);
  });

  it('tells an effect that took place although its reply was lost', async () => {
    const twice = async (): Promise<unknown> => look().catch(look);
    const trace = await toolTeam('once', twice).run(
      runPlan([{ fault: { kind: 'tool.timeoutAfterCommit', afterMs: 5_000 }, trigger: nth(1) }]),
    );
    expect(kinds(trace).filter((kind) => kind === 'tool.applied')).toHaveLength(2);
    expect(trace.events.flatMap((event) => (event.kind === 'tool.called' ? [event.attempt] : []))).toEqual([
      1, 2,
    ]);
    expect(witnessed(trace)).toEqual(['tool.timeoutAfterCommit']);
  });

  it('gives the status of a service that fails', async () => {
    const trace = await toolTeam('pure', look).run(
      runPlan([{ fault: { kind: 'tool.httpStatus', status: 503 }, trigger: nth(1) }]),
    );
    expect(trace.result).toEqual({ status: 503, body: { error: 'HTTP 503' } });
  });
});

describe('a message bus and an approval service', () => {
  const bus = 'http://bus.internal';
  const desk = 'http://approvals.internal';
  const post = async (url: string, body: Json): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const next = async (agent: string): Promise<unknown> =>
    (await fetch(`${bus}/agents/${agent}/messages/next`)).json();
  const team = (run: () => Promise<unknown>) =>
    httpFunction({
      name: 'pair',
      agents: ['scout', 'closer', 'clerk'],
      run,
      doubles: {
        model: script({ agents: {} }),
        tools: {},
        human: ({ approvers }) => ({ decision: 'approve', approver: approvers[0] ?? '?', afterMs: 60_000 }),
        pace: { modelMs: [1, 1], toolMs: [1, 1], handoffMs: [10, 10] },
      },
      routes: [
        { kind: 'handoff', url: bus },
        { kind: 'approval', url: desk },
      ],
    });
  const handOver = async (): Promise<unknown> => {
    const [got] = await Promise.all([
      next('closer'),
      post(`${bus}/agents/closer/messages`, { from: 'scout', lead: 1 }),
    ]);
    return { got };
  };

  it('delivers a message to the one who waits for it', async () => {
    const trace = await team(handOver).run(runPlan());
    expect(trace.result).toEqual({ got: { id: 'call-1', from: 'scout', lead: 1 } });
    expect(kinds(trace)).toEqual([
      'mission.started',
      'handoff.sent',
      'handoff.received',
      'mission.ended',
      'run.stopped',
    ]);
  });

  it('stalls the team whose message is dropped, and the drop is witnessed', async () => {
    const trace = await team(handOver).run(runPlan([{ fault: { kind: 'handoff.drop' }, trigger: nth(1) }]));
    expect(trace.events.at(-1)).toMatchObject({ kind: 'run.stopped', why: 'stalled', pending: 1 });
    expect(witnessed(trace)).toEqual(['handoff.drop']);
  });

  it('delivers twice what is duplicated, late what is delayed, and elsewhere what is misrouted', async () => {
    const twice = async (): Promise<unknown> => {
      await post(`${bus}/agents/closer/messages`, { from: 'scout', lead: 1 });
      return { got: [await next('closer'), await next('closer')] };
    };
    const copies = await team(twice).run(
      runPlan([{ fault: { kind: 'handoff.duplicate', gapMs: 500 }, trigger: nth(1) }]),
    );
    expect(copies.result).toMatchObject({ got: [{ lead: 1 }, { lead: 1 }] });
    expect(lastedMs(copies)).toBe(510);
    const late = await team(handOver).run(
      runPlan([{ fault: { kind: 'handoff.delay', ms: 90_000 }, trigger: nth(1) }]),
    );
    expect(lastedMs(late)).toBe(90_010);
    const astray = async (): Promise<unknown> => {
      await post(`${bus}/agents/closer/messages`, { from: 'scout', lead: 1 });
      return { got: await next('clerk') };
    };
    const elsewhere = await team(astray).run(
      runPlan([{ fault: { kind: 'handoff.misroute', to: 'other' }, trigger: nth(1) }]),
    );
    expect(elsewhere.result).toMatchObject({ got: { lead: 1 } });
  });

  it('tells the sender of a message that bounced', async () => {
    const run = async (): Promise<unknown> => ({
      status: (await post(`${bus}/agents/closer/messages`, { from: 'scout' })).status,
    });
    const trace = await team(run).run(runPlan([{ fault: { kind: 'handoff.bounce' }, trigger: nth(1) }]));
    expect(trace.result).toEqual({ status: 409 });
    expect(kinds(trace)).toContain('handoff.rejected');
  });

  const approve = async (): Promise<unknown> => {
    const asked = await post(`${desk}/requests`, { agent: 'closer', name: 'contract', approvers: ['ann'] });
    const { id } = (await asked.json()) as { id: string };
    for (;;) {
      const status = (await (await fetch(`${desk}/requests/${id}`)).json()) as { status: string };
      if (status.status !== 'pending') return status;
      await new Promise((resolve) => setTimeout(resolve, 7_000));
    }
  };

  it('tells a person’s decision to the one who polls for it', async () => {
    const trace = await team(approve).run(runPlan());
    expect(trace.result).toEqual({ status: 'approved', approver: 'ann' });
    expect(kinds(trace)).toContain('approval.answered');
    expect(lastedMs(trace)).toBe(63_000);
  });

  it('hangs the team that waits for ever for a person who never answers', async () => {
    const trace = await team(approve).run(
      runPlan([{ fault: { kind: 'approval.never' }, trigger: nth(1) }], 900_000),
    );
    expect(trace.events.at(-1)).toMatchObject({ kind: 'run.stopped', why: 'horizon' });
    expect(witnessed(trace)).toEqual(['approval.never']);
  });
});

describe('repeated asks', () => {
  const run = async (client: OpenAI): Promise<unknown> => ({
    said: [(await chat(client)).text, (await chat(client)).text],
  });
  const writer = [say('one'), say('two')];

  it('get the same answer, as a provider without memory would give', async () => {
    expect((await solo({ run, writer }).run(runPlan())).result).toEqual({ said: ['one', 'one'] });
  });

  it('get the next answer where the script counts them', async () => {
    const trace = await solo({ run, writer, more: { repeatedAsks: 'nextTurn' } }).run(runPlan());
    expect(trace.result).toEqual({ said: ['one', 'two'] });
  });

  it('get a scripted failure as the provider’s own', async () => {
    const fails = [failWith({ reason: 'contextLength', message: 'too long', retryable: false })];
    const trace = await solo({ run: chat, writer: fails }).run(runPlan());
    expect(failure(trace)).toBe('failed: Error: 400 too long');
    expect(useTool('x')).toEqual({ toolCalls: [{ name: 'x', arguments: {} }] });
  });
});

describe('handoffs inside the process', () => {
  it('show as transitions from one agent to the next where that was asked for', async () => {
    const ask = async (client: OpenAI, name: string): Promise<unknown> =>
      client.chat.completions.create({
        model: 'm',
        messages: [{ role: 'system', content: `You are ${name}.` }],
      });
    const team = httpFunction({
      name: 'pair',
      agents: ['ann', 'bob'],
      attribution: ['ann', 'bob'].map((agent) => ({ agent, system: agent })),
      handoffs: 'transitions',
      run: async (_mission, { apiKey }) => {
        const client = new OpenAI({ apiKey });
        await ask(client, 'ann');
        await ask(client, 'bob');
      },
      doubles: {
        model: script({ agents: { ann: [say('for bob')], bob: [say('done')] } }),
        tools: {},
        human: () => null,
        pace: { modelMs: [1, 1], toolMs: [1, 1], handoffMs: [1, 1] },
      },
    });
    const { events } = await team.run(runPlan());
    const handed = events.filter(
      (event) => event.kind === 'handoff.sent' || event.kind === 'handoff.received',
    );
    expect(handed).toMatchObject([
      { kind: 'handoff.sent', from: 'ann', to: 'bob', payload: { content: 'for bob' } },
      { kind: 'handoff.received', from: 'ann', to: 'bob', payload: { content: 'for bob' } },
    ]);
  });
});

describe('whose a call is', () => {
  const pair = (attribution: Attribution): Subject =>
    httpFunction({
      name: 'pair',
      agents: ['ann', 'bob'],
      attribution,
      run: async (_mission, { apiKey }) =>
        new OpenAI({ apiKey }).chat.completions.create({
          model: 'm',
          messages: [{ role: 'system', content: 'You are eve, or ann.' }],
        }),
      doubles: {
        model: script({ agents: { ann: [say('yes')], bob: [say('yes')], unattributed: [say('yes')] } }),
        tools: {},
        human: () => null,
        pace: { modelMs: [1, 1], toolMs: [1, 1], handoffMs: [1, 1] },
      },
    });

  it.each<[string, Attribution, object | null]>([
    ['no rule fits', [{ agent: 'bob', system: 'bob' }], { fits: [], prompt: 'You are eve, or ann.' }],
    ['there is no rule', [], { fits: [] }],
    [
      'the rules of two agents fit',
      [
        { agent: 'ann', system: 'ann' },
        { agent: 'bob', model: 'm' },
      ],
      { fits: ['ann', 'bob'] },
    ],
    ['one rule fits', [{ agent: 'ann', system: 'ann' }], null],
  ])('shows in the trace where it is in doubt: %s', async (_where, attribution, doubt) => {
    const { events } = await pair(attribution).run(runPlan());
    const told = events.filter(({ kind }) => kind === 'attribution.doubted');
    expect(told).toMatchObject(doubt === null ? [] : [{ ...doubt, call: 'call-1', cause: 2 }]);
  });
});
