// Doubles for generated teams: each agent uses its tool once, says what it did, and mends what a gate sends back.
import type { Answer, Ask } from '../../team/ask.ts';
import type { Doubles } from '../../llm/double.ts';
import { everydayPace } from '../../llm/double.ts';
import type { AgentShape, TeamShape } from './any-team.ts';

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
      shape.agents.map((_, index) => [
        `tool-a${index + 1}`,
        ({ arguments: given }) => ({ did: given['by'] ?? null }),
      ]),
    ),
    human: ({ approvers }) => ({ decision: 'approve', approver: approvers[0] ?? 'nobody', afterMs: 45_000 }),
    pace: everydayPace,
  };
}

function worked(shape: TeamShape, ask: Ask, draw: number): Answer {
  const agent = shape.agents[Number(ask.agent.slice(1)) - 1] as AgentShape;
  const used = ask.messages.some((message) => message.role === 'tool');
  if (agent.effect !== null && !used) {
    return {
      content: '',
      toolCalls: [{ id: 'call1', name: `tool-${ask.agent}`, arguments: { by: ask.agent } }],
      finishReason: 'toolCalls',
      usage,
    };
  }
  const told = ask.messages.some(
    (message) => message.role === 'user' && message.content.includes('Mark the work.'),
  );
  const marked = told || draw < 0.7;
  const context = {
    [`done-${ask.agent}`]: 'yes',
    ...(agent.shares ? { shared: [ask.agent], latest: ask.agent } : {}),
  };
  const confidence = agent.unsure ? 0.3 : 0.9;
  return {
    content: JSON.stringify({ payload: { by: ask.agent, marked }, context, confidence }),
    toolCalls: [],
    finishReason: 'stop',
    usage,
  };
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
