// The key of an ask: what makes two requests to a model the same request.
import { canonicalJson } from '../base/canonical.ts';
import { structureHash } from '../base/structure-hash.ts';
import type { Ask, Message } from '../team/ask.ts';

/** The parts of an ask that name it; turn, attempt and the caller's own key are left out. */
export type NamedAsk = Pick<Ask, 'agent' | 'model' | 'messages' | 'tools' | 'responseSchema' | 'wants'>;

/**
 * RFC 8785 text of the request without what changes from one time to the next: ids of tool calls are replaced by
 * their place in the conversation.
 */
export function askText(ask: NamedAsk): string {
  return canonicalJson({
    agent: ask.agent,
    model: ask.model,
    messages: steadyMessages(ask.messages),
    tools: ask.tools,
    responseSchema: ask.responseSchema,
    wants: ask.wants,
  });
}

/** A fast name of the same request, for equality inside one run: the order of an object's members counts. */
export function askHash({ agent, model, messages, tools, responseSchema, wants }: NamedAsk): string {
  const steady = messages.some(hasCallIds) ? steadyMessages(messages) : messages;
  const named = [agent, model, steady, tools, responseSchema ?? null];
  return structureHash(wants === undefined ? named : [...named, wants]);
}

function hasCallIds(message: Message): boolean {
  return message.role === 'tool' || (message.role === 'assistant' && message.toolCalls.length > 0);
}

/** Messages with ids of tool calls replaced by running numbers (`#1`, `#2`, …). */
export function steadyMessages(messages: readonly Message[]): readonly Message[] {
  const places = new Map<string, string>();
  const placeOf = (id: string): string => {
    const place = places.get(id) ?? `#${places.size + 1}`;
    places.set(id, place);
    return place;
  };
  return messages.map((message): Message => {
    switch (message.role) {
      case 'system':
      case 'user':
        return message;
      case 'assistant':
        return {
          role: 'assistant',
          content: message.content,
          toolCalls: message.toolCalls.map((call) => ({ ...call, id: placeOf(call.id) })),
        };
      case 'tool':
        return { ...message, callId: placeOf(message.callId) };
    }
  });
}

/** All system messages, one after the other. */
export function systemPrompt(messages: readonly Message[]): string {
  return messages
    .filter((message) => message.role === 'system')
    .map((message) => message.content)
    .join('\n');
}
