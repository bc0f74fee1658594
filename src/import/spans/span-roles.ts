// The roles of attributes: what emitters call the same thing, found in one pass over the attributes of a span.
import type { Json, JsonObject } from '../../base/json.ts';

/** The sources are named in the order in which they are believed: conventions first, emitters' own names after. */
const roles = {
  agent: [
    'gen_ai.agent.name',
    'agent.name',
    'ag2.agent.name',
    'agent_name',
    'gen_ai.agent.id',
    'ai.telemetry.functionId',
  ],
  model: ['gen_ai.request.model', 'gen_ai.response.model', 'llm.model_name', 'ai.model.id', 'model'],
  system: ['gen_ai.system_instructions', 'gen_ai.system.instructions'],
  input: [
    'gen_ai.input.messages',
    'ai.prompt.messages',
    'gen_ai.request.messages',
    'gcp.vertex.agent.llm_request',
    'ai.prompt',
    'input.value',
    'traceloop.entity.input',
  ],
  output: [
    'gen_ai.output.messages',
    'gen_ai.output',
    'genai.output',
    'gen_ai.response.messages',
    'gcp.vertex.agent.llm_response',
    'output.value',
    'traceloop.entity.output',
  ],
  offers: ['gen_ai.tool.definitions', 'ai.prompt.tools', 'gen_ai.request.tools', 'llm.request.functions'],
  finish: ['gen_ai.response.finish_reasons', 'ai.response.finishReason', 'gen_ai.response.finish_reason'],
  inputTokens: [
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'llm.token_count.prompt',
    'ai.usage.inputTokens',
    'ai.usage.promptTokens',
    'input_tokens',
  ],
  outputTokens: [
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.token_count.completion',
    'ai.usage.outputTokens',
    'ai.usage.completionTokens',
    'output_tokens',
  ],
  tool: ['gen_ai.tool.name', 'ai.toolCall.name', 'tool.name', 'tool_name', 'traceloop.entity.name'],
  callId: ['gen_ai.tool.call.id', 'gen_ai.tool.call_id', 'ai.toolCall.id', 'tool_call.id', 'tool.id'],
  arguments: [
    'gen_ai.tool.call.arguments',
    'gen_ai.tool.args',
    'gen_ai.tool.arguments',
    'ai.toolCall.args',
    'ai.toolCall.input',
    'gcp.vertex.agent.tool_call_args',
    'tool_arguments',
    'input.value',
    'traceloop.entity.input',
    'tool.parameters',
  ],
  result: [
    'gen_ai.tool.call.result',
    'gen_ai.tool.result',
    'gen_ai.tool.output',
    'ai.toolCall.result',
    'ai.toolCall.output',
    'gcp.vertex.agent.tool_response',
    'gen_ai.output',
    'genai.output',
    'tool_response',
    'output.value',
    'traceloop.entity.output',
  ],
  target: ['gen_ai.transfer.target.name', 'gen_ai.handoff.target', 'gen_ai.transfer.target.id'],
  operation: ['gen_ai.operation.name'],
  kind: ['openinference.span.kind', 'traceloop.span.kind', 'ag2.span.type'],
  operationId: ['ai.operationId'],
  requestType: ['llm.request.type'],
  node: ['graph.node.name', 'graph.node.id', 'metadata.langgraph_node'],
  metadata: ['metadata'],
  text: ['ai.response.text', 'ai.response.object', 'ai.result.text', 'ai.result.object'],
  toolCalls: ['ai.response.toolCalls', 'ai.result.toolCalls'],
  reasoning: ['ai.response.reasoning', 'ai.response.reasoningText'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Role = keyof typeof roles;

/** What the attributes of a span tell, by role. */
export type Told = { readonly [R in Role]?: Json };

/** The roles that an attribute can have, and how much it is believed in each: less is more. */
const places: ReadonlyMap<string, readonly (readonly [role: Role, rank: number])[]> = placesOf();

function placesOf(): Map<string, (readonly [role: Role, rank: number])[]> {
  const found = new Map<string, (readonly [role: Role, rank: number])[]>();
  for (const [role, names] of Object.entries(roles))
    names.forEach((name, rank) => found.set(name, [...(found.get(name) ?? []), [role as Role, rank]]));
  return found;
}

/** Attributes that are empty tell nothing. */
export function toldBy(attributes: JsonObject): Told {
  const told: { [R in Role]?: Json } = {};
  const ranks: { [R in Role]?: number } = {};
  for (const name in attributes) {
    const value = attributes[name] ?? null;
    if (value === null || value === '') continue;
    for (const [role, rank] of places.get(name) ?? nowhere) {
      if (rank >= (ranks[role] ?? Infinity)) continue;
      told[role] = value;
      ranks[role] = rank;
    }
  }
  return told;
}

const nowhere: readonly (readonly [role: Role, rank: number])[] = [];
