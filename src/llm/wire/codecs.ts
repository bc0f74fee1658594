// The codecs: every provider's interface that muster can stand in for.
import type { WireCodec } from './codec.ts';
import { openaiChat } from './openai-chat.ts';
import { openaiResponses } from './openai-responses.ts';

export const codecs: readonly WireCodec[] = [openaiChat, openaiResponses];
