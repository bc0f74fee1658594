// All formats that can be read. Each knows its own files, and no other's.
import type { TraceFormat } from './format.ts';
import { anthropicAgent } from './formats/anthropic-agent.ts';
import { appworld } from './formats/appworld.ts';
import { autogen } from './formats/autogen.ts';
import { autogenEvents } from './formats/autogen-events.ts';
import { claudeCode } from './formats/claude-code.ts';
import { codex } from './formats/codex.ts';
import { hyperagent } from './formats/hyperagent.ts';
import { langfuse } from './formats/langfuse.ts';
import { langgraphSnapshots } from './formats/langgraph-snapshots.ts';
import { langgraphStream } from './formats/langgraph-stream.ts';
import { langsmith } from './formats/langsmith.ts';
import { litellm } from './formats/litellm.ts';
import { anthropicMessages, openaiChat, openaiResponses } from './formats/message-logs.ts';
import { muster } from './formats/muster.ts';
import { musterOtlp } from './formats/muster-otlp.ts';
import { openaiAgents } from './formats/openai-agents.ts';
import { openaiRunState } from './formats/openai-agents-state.ts';
import { openhands } from './formats/openhands.ts';
import { openinference, otel } from './formats/otel.ts';
import { plainMessages } from './formats/plain-messages.ts';
import { sweAgent } from './formats/swe-agent.ts';

export const formats: readonly TraceFormat[] = [
  muster,
  musterOtlp,
  otel,
  openinference,
  langsmith,
  langfuse,
  openaiAgents,
  openaiRunState,
  openaiChat,
  openaiResponses,
  anthropicMessages,
  anthropicAgent,
  claudeCode,
  codex,
  litellm,
  openhands,
  sweAgent,
  autogen,
  autogenEvents,
  langgraphSnapshots,
  langgraphStream,
  hyperagent,
  appworld,
  plainMessages,
];
