// Message logs of one model: OpenAI chat messages, Responses items, Anthropic content blocks.
import { isJsonObject, type Json } from '../../base/json.ts';
import { offersOf } from '../dialect/offers.ts';
import type { StepSink, TraceFormat } from '../format.ts';
import { Conversation } from '../logs/conversation.ts';
import type { MessageDialect } from '../logs/message-dialect.ts';
import { holdsDialect } from '../logs/message-log.ts';
import { MessageLogReader } from '../logs/message-log-reader.ts';
import { firstText } from '../reading.ts';

export const openaiChat = messageLog(
  'openai-chat',
  'chat',
  'OpenAI chat messages: a list, {messages}, or one a line',
);
export const openaiResponses = messageLog(
  'openai-responses',
  'responses',
  'OpenAI Responses: items of input and output',
);
export const anthropicMessages = messageLog(
  'anthropic',
  'anthropic',
  'Anthropic messages with content blocks',
);

function messageLog(name: string, dialect: MessageDialect, title: string): TraceFormat {
  return {
    name,
    title,
    shapes: ['document', 'records'],
    detects: ({ values: [first, ...more], shape }) => {
      if (first === undefined) return false;
      const isList = shape === 'document' && Array.isArray(first);
      return holdsDialect(isList ? (first as readonly Json[]) : [first, ...more], dialect);
    },
    open: (sink) => openLog(sink),
  };
}

function openLog(sink: StepSink): MessageLogReader {
  return new MessageLogReader({
    sink,
    isMessage: (value) =>
      isJsonObject(value) &&
      ('role' in value || 'type' in value || 'object' in value || 'kwargs' in value) &&
      !('output' in value && Array.isArray(value['input'])),
    open: ({ run, around }) => {
      const agent = firstText(around, ['agent', 'agent_name', 'name']);
      const offers = offersOf(around['tools'] ?? around['functions']);
      const conversation = new Conversation({ run, agent, offers, sink });
      const system = around['system'] ?? around['instructions'] ?? null;
      if (system !== null) conversation.take({ role: 'system', content: system }, '/system');
      return conversation;
    },
  });
}
