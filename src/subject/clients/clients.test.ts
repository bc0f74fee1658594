// Real client libraries against muster in their provider's place, in virtual time; what they see stands in docs/clients.md.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { script } from '../../llm/script.ts';
import type { Trace } from '../../trace/trace.ts';
import { httpFunction } from '../http-function.ts';
import { runPlan } from '../solo-team.test-support.ts';
import { agentsDriver } from './agents-driver.test-support.ts';
import { aiSdkDrivers } from './ai-sdk-driver.test-support.ts';
import { anthropicDriver, anthropicV1Driver } from './anthropic-driver.test-support.ts';
import { cases, text, usage, type ClientCase } from './client-cases.test-support.ts';
import type { ClientDriver, Seen } from './client-driver.test-support.ts';
import { genaiDriver } from './genai-driver.test-support.ts';
import { langchainDrivers } from './langchain-driver.test-support.ts';
import { openaiChatDriver, openaiResponsesDriver } from './openai-driver.test-support.ts';

const drivers = [
  openaiChatDriver,
  openaiResponsesDriver,
  anthropicDriver,
  anthropicV1Driver,
  genaiDriver,
  ...aiSdkDrivers,
  ...langchainDrivers,
  agentsDriver,
];
const forms = ['plain', 'stream'] as const;
type Form = (typeof forms)[number];

interface Met {
  readonly seen: Seen | null;
  /** What the client threw; null where it threw nothing. */
  readonly thrown: unknown;
  readonly trace: Trace;
}

async function meet(
  driver: ClientDriver,
  { answer, asking, injections = [] }: ClientCase,
  form: Form,
): Promise<Met> {
  let thrown: unknown = null;
  const team = httpFunction({
    name: driver.name,
    agents: ['writer'],
    run: async () =>
      driver.ask({ form, tools: 'none', schema: null, ...asking }).catch((error: unknown) => {
        thrown = error;
        throw error;
      }),
    doubles: {
      model: script({ agents: { writer: [answer] } }),
      tools: {},
      human: () => null,
      pace: { modelMs: [1_000, 1_000], toolMs: [0, 0], handoffMs: [0, 0] },
    },
  });
  const trace = await team.run(runPlan(injections));
  const isDone = trace.events.some((event) => event.kind === 'mission.ended' && event.end === 'done');
  return { seen: isDone ? (trace.result as unknown as Seen) : null, thrown, trace };
}

/** What became of it, in a line: what was seen, or the error's class; and how many requests it took. */
function told(met: Met): string {
  const requests = requestsOf(met);
  const sight = met.seen === null ? (classOf(met.thrown) ?? 'waits for ever') : sightOf(met.seen);
  return `${sight}${requests === 1 ? '' : ` (${requests} requests)`}`;
}

function requestsOf({ trace }: Met): number {
  return trace.events.filter((event) => event.kind === 'model.called').length;
}

/** The name of the class, which some libraries do not give their errors. */
function classOf(thrown: unknown): string | null {
  if (thrown === null) return null;
  if (!(thrown instanceof Error)) return 'an object that is no error';
  return /^Error$|^$/.test(thrown.name) ? thrown.constructor.name : thrown.name;
}

function sightOf({ text: said, tools = [], refusal, reasoning, finish, usage: tokens }: Seen): string {
  const content =
    said === text ? 'whole text' : said === '' ? '' : text.startsWith(said) ? 'half the text' : said;
  return [
    content,
    ...tools.map((call) => `${call.name} ${JSON.stringify(call.arguments)}`),
    ...(refusal === undefined ? [] : [`refusal: ${refusal}`]),
    ...(reasoning === undefined ? [] : [`reasoning: ${reasoning}`]),
    ...(finish === undefined ? [] : [finish === '' ? 'no finish' : `finish ${finish}`]),
    ...(tokens === undefined ? [] : [`${tokens.join('+')} tokens`]),
  ]
    .filter((one) => one !== '')
    .join(', ');
}

const sights = new Map<string, string>();

function versionOf(name: string): string {
  const file = new URL(`../../../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}

/** What the table says of a client and a case; undefined where that was not run. */
function rowOf(driver: ClientDriver, name: string): string | undefined {
  const [plain, stream] = forms.map((form) => sights.get(`${driver.name}/${name}/${form}`));
  if (plain === undefined || stream === undefined) return undefined;
  const cells = [driver.name, versionOf(driver.package), name, plain, plain === stream ? 'the same' : stream];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}

/** Null for what a client should see, else a sentence that says what is wrong. */
function complaint(driver: ClientDriver, { expects, answer, status }: ClientCase, met: Met): string | null {
  const { seen } = met;
  const says = (holds: boolean, sentence: string): string | null => (holds ? null : sentence);
  switch (expects) {
    case 'text':
    case 'length':
    case 'reasoning':
      return says(seen?.text === text, 'the text is not whole');
    case 'text after a retry':
      return driver.tries === 1
        ? says(seen === null, 'it tried again')
        : says(seen?.text === text && requestsOf(met) === 2, 'the second try did not bring the text');
    case 'tools': {
      const asked = (answer.toolCalls ?? []).map(({ name, arguments: args }) => ({ name, arguments: args }));
      return says(JSON.stringify(seen?.tools) === JSON.stringify(asked), 'the tool calls are others');
    }
    case 'json':
      return says(seen?.text === '{"title":"T"}', 'the JSON is another');
    case 'refusal':
      return driver.refusal === 'seen'
        ? says(JSON.stringify(seen)?.includes('I will not.'), 'the refusal was not seen')
        : says(driver.refusal === (classOf(met.thrown) ?? 'unseen'), 'the refusal was taken otherwise');
    case 'error': {
      const tries = [400, 401, ...(driver.untried ?? [])].includes(status ?? 0) ? 1 : driver.tries;
      return says(
        classOf(met.thrown) === driver.errorOf(status ?? 0) && requestsOf(met) === tries,
        `not ${driver.errorOf(status ?? 0)} after ${tries} requests`,
      );
    }
    case 'trouble':
      return says(seen?.text !== text || !isSure(seen), 'no trouble came');
  }
}

/** Whether a client knows that its answer is whole. */
function isSure({ finish = '' }: Seen): boolean {
  return !['', 'other', 'unknown', 'FINISH_REASON_UNSPECIFIED'].includes(finish);
}

describe.each(drivers)('$name', (driver) => {
  for (const form of forms)
    it.each(cases)(`sees $name, ${form}`, async (one) => {
      const met = await meet(driver, one, form);
      sights.set(`${driver.name}/${one.name}/${form}`, told(met));
      expect(
        complaint(driver, form === 'plain' ? { ...one, expects: one.plainly ?? one.expects } : one, met),
        told(met),
      ).toBeNull();
    });
});

describe.each(drivers.filter((driver) => driver.embed !== undefined))('embeddings by $name', (driver) => {
  it('are vectors of length 1, equal for equal texts', async () => {
    const team = httpFunction({
      name: driver.name,
      agents: ['writer'],
      run: async () => ({ vectors: (await driver.embed?.(['cat', 'dog', 'cat'])) as never }),
      doubles: {
        model: script({ agents: { writer: [{}] } }),
        tools: {},
        human: () => null,
        pace: { modelMs: [1_000, 1_000], toolMs: [0, 0], handoffMs: [0, 0] },
      },
    });
    const { result } = await team.run(runPlan());
    const [cat, dog, again] = (result?.['vectors'] ?? []) as unknown as readonly number[][];
    expect(again).toEqual(cat);
    expect(dog).not.toEqual(cat);
    expect(Math.hypot(...(cat ?? []))).toBeCloseTo(1, 4);
  });
});

const heading = `# Clients

Client libraries that were put in front of muster, and what they saw. \`src/subject/clients/clients.test.ts\` writes this table
from real runs and fails where it is no longer true; \`npx vitest run src/subject/clients -u\` writes it anew. Tokens that were
used: ${usage.inputTokens} in, ${usage.outputTokens} out. "Waits for ever": nothing in the client ends the wait within an hour.

<!-- oxfmt-ignore -->
| client | version | case | plain | streamed |
| --- | --- | --- | --- | --- |
`;

describe('the table of clients', () => {
  it('says what was seen', async ({ skip }) => {
    const rows = drivers.flatMap((driver) => cases.map(({ name }) => rowOf(driver, name)));
    if (rows.includes(undefined)) return skip('only some of the cases were run');
    await expect(`${heading}${rows.join('\n')}\n`).toMatchFileSnapshot('../../../docs/clients.md');
  });
});
