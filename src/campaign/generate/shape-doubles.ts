// Doubles for generated teams: each agent uses its tool, says truly what became of it, and mends what a gate sends back.
import type { Json, JsonObject } from '../../base/json.ts';
import type { Answer, Ask, ToolCall } from '../../team/ask.ts';
import type { Effect } from '../../team/tool.ts';
import { everydayPace, type Doubles, type ToolDouble } from '../../llm/double.ts';
import type { AgentShape, TeamShape } from './any-team.ts';
import { isCircling, toolNameOf } from './shape-team.ts';

const usage = { inputTokens: 120, outputTokens: 40 };

/** Deterministic in what they are shown: the same brief, the same answer. */
export function doublesOfShape(shape: TeamShape): Doubles {
  return {
    model: {
      name: 'shape',
      answer: (ask, random) =>
        ask.agent === 'router' ? routed(shape, ask) : worked(shape, ask, random.next()),
    },
    tools: Object.fromEntries(
      shape.agents.flatMap((agent, index) => {
        const tool = toolNameOf(agent, `a${index + 1}`);
        return tool === null ? [] : [[tool, did] as const];
      }),
    ),
    human: ({ approvers, summary }) => ({
      decision: failed(summary['payload']) ? 'reject' : 'approve',
      approver: approvers[0] ?? 'nobody',
      afterMs: 45_000,
    }),
    pace: everydayPace,
  };
}

const did: ToolDouble = ({ arguments: given }) => ({ did: given['by'] ?? null, part: given['part'] ?? null });

function failed(payload: Json | undefined): boolean {
  return (payload as JsonObject | undefined)?.['failed'] === true;
}

function worked(shape: TeamShape, ask: Ask, draw: number): Answer {
  const agent = shape.agents[Number(ask.agent.slice(1)) - 1] as AgentShape;
  const calls = callsToMake(agent, ask);
  if (calls.length > 0) return { content: '', toolCalls: calls, finishReason: 'toolCalls', usage };
  return { content: JSON.stringify(outputOf(agent, ask, draw)), toolCalls: [], finishReason: 'stop', usage };
}

/** What is left to do with the agent's tool: `part` 1 is the same question for everybody who shares a tool. */
function callsToMake(agent: AgentShape, ask: Ask): readonly ToolCall[] {
  const tool = toolNameOf(agent, ask.agent);
  if (tool === null) return [];
  if (isCircling(agent) && !isTold(ask)) return [noisyCall(tool, ask)];
  const done = new Set(
    ask.messages.flatMap((message) =>
      message.role === 'assistant' ? message.toolCalls.map((call) => call.arguments['part']) : [],
    ),
  );
  const left = (agent.uses === 'once' ? [1] : [1, 2]).filter((part) => !done.has(part));
  const now = agent.uses === 'together' ? left : left.slice(0, 1);
  const by = (part: number): string => (agent.effect === 'pure' && part === 1 ? 'all' : ask.agent);
  return now.map((part) => ({ id: `call${part}`, name: tool, arguments: { by: by(part), part } }));
}

function isTold({ messages }: Ask): boolean {
  return messages.some(({ role, content }) => role === 'user' && content.includes('loop: '));
}

/** The same question in all but its number, which means nothing. */
function noisyCall(tool: string, { agent, messages }: Ask): ToolCall {
  const asked = messages.filter(({ role }) => role === 'assistant').length;
  return { id: 'round', name: tool, arguments: { by: agent, part: 1_000_000 + 7_919 * asked } };
}

/** Nothing found is an answer to a question; nothing said is no sign that an effect took place. */
function didIt(result: string, effect: Effect | null): boolean {
  return effect === 'pure' ? !result.includes('"error"') : result.includes('"did"');
}

function outputOf(agent: AgentShape, ask: Ask, draw: number): JsonObject {
  const told = ask.messages.some(
    (message) => message.role === 'user' && message.content.includes('Mark the work.'),
  );
  const trouble = ask.messages.some(
    (message) => message.role === 'tool' && !didIt(message.content, agent.effect),
  );
  return {
    payload: { by: ask.agent, marked: told || draw < 0.7, ...(trouble ? { failed: true } : {}) },
    context: isBack(ask)
      ? {}
      : {
          [`done-${ask.agent}`]: 'yes',
          ...(agent.shares ? { shared: [ask.agent], latest: ask.agent } : {}),
          ...(agent.discovers ? { notice: `${ask.agent} found something` } : {}),
        },
    confidence: trouble ? 0.2 : agent.unsure ? 0.3 : 0.9,
  };
}

/** An agent that is given work again has nothing to add to the context. */
function isBack({ agent, key }: Ask): boolean {
  return !key.includes(`/${agent}#1/`);
}

/** The router goes down its itinerary: how far it is, the mission's own handoff says. */
function routed(shape: TeamShape, ask: Ask): Answer {
  const visit = Number(/router#(\d+)\//.exec(ask.key)?.[1] ?? 1);
  const place = shape.itinerary[visit - 1];
  const next = place === undefined ? 'end' : `a${place + 1}`;
  return {
    content: JSON.stringify({ payload: { by: 'router' }, context: {}, confidence: 1, next }),
    toolCalls: [],
    finishReason: 'stop',
    usage,
  };
}
