// aimock as its documentation starts it, with fixtures that answer the benchmark's requests.
import { LLMock } from '@copilotkit/aimock';

/** Starts it; `fixtures` are pairs of a text that the last message holds, and the reply. Settles with the port. */
export async function aimock(fixtures) {
  const mock = new LLMock({ port: 0, logLevel: 'silent' });
  for (const [text, content] of fixtures) mock.onMessage(text, { content });
  await mock.start();
  return Number(new URL(mock.url).port);
}
