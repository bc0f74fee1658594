// An hour of trouble for a team on real client libraries: calls that hang, are put off, and are tried again.
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import type { Trace } from '../../src/trace/trace.ts';
import { inject, plan } from '../../src/chaos/plan-builder.ts';
import { always, nth } from '../../src/chaos/triggers.ts';
import { say } from '../../src/llm/answer-draft.ts';
import { script } from '../../src/llm/script.ts';
import { httpFunction } from '../../src/subject/http-function.ts';

const rounds = 12;

const hourOfTrouble = plan('hour-of-trouble', 'The team waits, tries again and comes to its end.', [
  inject('llm.rateLimit', { retryAfter: 'seconds', retryAfterMs: 50_000 }, nth(1)),
  inject('llm.latency', { ms: 120_000 }, always()),
  inject('llm.hang', {}, nth(5)),
  inject('llm.serverError', { status: 503 }, nth(9)),
]);

const team = httpFunction({
  name: 'two clerks',
  agents: ['clerk', 'checker'],
  attribution: ['clerk', 'checker'].map((agent) => ({ agent, system: `the ${agent}` })),
  run: async (_mission, { apiKey }) => {
    const openai = new OpenAI({ apiKey, timeout: 300_000 });
    const anthropic = new Anthropic({ apiKey, timeout: 300_000 });
    let note = 'begin';
    for (let round = 1; round <= rounds; round += 1) {
      const written = await openai.chat.completions.create({
        model: 'gpt-4o',
        messages: [
          { role: 'system', content: 'You are the clerk.' },
          { role: 'user', content: `${round}: ${note}` },
        ],
      });
      const checked = await anthropic.messages.create({
        model: 'claude-opus-5',
        max_tokens: 256,
        system: 'You are the checker.',
        messages: [{ role: 'user', content: written.choices[0]?.message.content ?? '' }],
      });
      note = checked.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
    }
    return { note };
  },
  doubles: {
    model: script({
      agents: {
        clerk: (ask) => say(`entry ${ask.turn}`),
        checker: (ask) => say(`checked ${ask.turn}`),
      },
    }),
    tools: {},
    human: () => null,
    pace: { modelMs: [30_000, 60_000], toolMs: [0, 0], handoffMs: [0, 0] },
  },
});

/** The run, and how many virtual seconds it took. */
export async function virtualHour(): Promise<{ readonly trace: Trace; readonly virtualSeconds: number }> {
  const trace = await team.run({
    mission: { id: 'ledger', goal: 'keep the ledger', input: {}, context: {} },
    seed: 7,
    chaos: hourOfTrouble,
    horizonMs: 4 * 3_600_000,
    schedule: null,
    role: 'judged',
  });
  const [first, last] = [trace.events[0], trace.events.at(-1)];
  return { trace, virtualSeconds: ((last?.atMs ?? 0) - (first?.atMs ?? 0)) / 1000 };
}
