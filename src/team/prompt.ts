// The prompt: an agent's brief as messages, the same bytes for the same brief.
import { canonicalJson } from '../base/canonical.ts';
import type { JsonObject } from '../base/json.ts';
import type { Message, ToolExchange } from './ask.ts';
import type { Team } from './team.ts';

export interface PromptParts {
  readonly input: JsonObject;
  readonly slice: JsonObject;
  readonly feedback: readonly string[];
  readonly exchanges: readonly ToolExchange[];
}

/** System prompt, then the task with the mission context, then the tools used so far, then feedback on earlier tries. */
export function composeMessages(team: Team, agent: string, parts: PromptParts): readonly Message[] {
  const messages: Message[] = [
    { role: 'system', content: team.agents[agent]?.instructions ?? '' },
    {
      role: 'user',
      content: `Task: ${canonicalJson(parts.input)}\nMission context: ${canonicalJson(parts.slice)}`,
    },
  ];
  for (const { call, result } of parts.exchanges) {
    messages.push({ role: 'assistant', content: '', toolCalls: [call] });
    messages.push({ role: 'tool', callId: call.id, name: call.name, content: canonicalJson(result) });
  }
  if (parts.feedback.length > 0) {
    messages.push({
      role: 'user',
      content: `Earlier tries were sent back:\n- ${parts.feedback.join('\n- ')}`,
    });
  }
  return messages;
}
