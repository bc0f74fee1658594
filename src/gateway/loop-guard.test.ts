// The loop guard over real connections: it notes a loop, or ends the run with an error of the provider's own shape.
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { say } from '../llm/answer-draft.ts';
import { script } from '../llm/script.ts';
import { startGateway } from './gateway.ts';
import { loopGuard, type GuardMode } from './loop-guard.ts';

/** What five calls came to, and what the journal says. */
async function callFive(guard: GuardMode, answers: readonly string[]) {
  const model = script({ agents: { unattributed: answers.map((text) => say(text)) } });
  const gateway = await startGateway({ setup: { model, watch: loopGuard(guard) } });
  try {
    const client = new OpenAI({ baseURL: gateway.urls().openai, apiKey: 'any', maxRetries: 0 });
    const came: (string | number)[] = [];
    for (const [turn] of answers.entries())
      came.push(
        await client.chat.completions
          .create({ model: 'gpt-4o', messages: [{ role: 'user', content: `turn ${turn}` }] })
          .then(
            (reply) => reply.choices[0]?.message.content ?? '',
            (error: unknown) =>
              error instanceof OpenAI.APIError ? `${error.status} ${error.message}` : String(error),
          ),
      );
    return {
      came,
      journal: JSON.stringify(gateway.run().journal.read()),
    };
  } finally {
    await gateway.close();
  }
}

const same = ['still looking', 'still looking', 'still looking', 'still looking', 'still looking'];

describe('the loop guard', () => {
  it('stops a run at its third round, and tells the loop in error and journal', async () => {
    const { came, journal } = await callFive('stop', same);
    expect(came.slice(0, 3)).toEqual(same.slice(0, 3));
    expect(came[3]).toMatch(/400 .*loop \(repeat\).* 3 times/);
    expect(journal).toMatch(/stop: loop \(repeat\)/);
  });

  it('only notes it when it is to alarm', async () => {
    const { came, journal } = await callFive('alarm', same);
    expect(came).toEqual(same);
    expect(journal).toMatch(/alarm: loop \(repeat\)/);
  });

  it('lets a run that gets on alone', async () => {
    const on = ['one', 'two', 'three', 'four', 'five'];
    const { came, journal } = await callFive('stop', on);
    expect(came).toEqual(on);
    expect(journal).not.toMatch(/loop/);
  });
});
