// Nodes of agent graphs, and messages in them: who is an agent.
import { isJsonObject, type Json } from '../../base/json.ts';
import { firstText } from '../reading.ts';
import { unwrappedMessage } from './langchain.ts';

/** Null for a node that runs tools, and for those that the framework adds: they are nobody. */
export function graphNode(node: string | null): string | null {
  return node === null || node === 'tools' || node.startsWith('__') ? null : node;
}

/** Frameworks on top of the graph name the agent in its messages; a tool's message is named as the tool. */
export function graphSpeaker(value: Json): string | null {
  if (!isJsonObject(value)) return null;
  const message = unwrappedMessage(value);
  const isTool = 'tool_call_id' in message || /^tool/i.test(firstText(message, ['type', 'role']) ?? '');
  return isTool ? null : firstText(message, ['name']);
}
