// Asks for tests of model doubles.
import type { Ask, Message } from '../team/ask.ts';

export const system = (content: string): Message => ({ role: 'system', content });
export const user = (content: string): Message => ({ role: 'user', content });

export function asking(more: Partial<Ask> = {}): Ask {
  return {
    agent: 'writer',
    model: 'model',
    messages: [system('You write.'), user('Write a line.')],
    tools: [],
    turn: 1,
    attempt: 1,
    key: 'key',
    ...more,
  };
}
