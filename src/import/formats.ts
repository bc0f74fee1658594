// All formats that can be read. Each knows its own files, and no other's.
import type { TraceFormat } from './format.ts';
import { langfuse } from './formats/langfuse.ts';
import { langsmith } from './formats/langsmith.ts';
import { muster } from './formats/muster.ts';
import { musterOtlp } from './formats/muster-otlp.ts';
import { openaiAgents, openaiRunState } from './formats/openai-agents.ts';
import { openinference, otel } from './formats/otel.ts';

export const formats: readonly TraceFormat[] = [
  muster,
  musterOtlp,
  otel,
  openinference,
  langsmith,
  langfuse,
  openaiAgents,
  openaiRunState,
];
