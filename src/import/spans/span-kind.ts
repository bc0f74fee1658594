// The kind of a span: by its operation, by OpenInference's kind, by the names of known emitters, in this order.
import { graphNode } from '../dialect/graph-node.ts';
import { firstText } from '../reading.ts';
import { isJsonObject } from '../../base/json.ts';
import { unpacked } from '../dialect/unpacked.ts';
import { textTold, type Span } from './span.ts';
import { agentNamed, type SpanKind } from './span-steps.ts';

type Sort = 'model' | 'tool' | 'agent' | 'plumbing';

/** `gen_ai.operation.name`, as the conventions and as emitters have it. */
const operations: Readonly<Record<string, Sort>> = {
  chat: 'model',
  generate_content: 'model',
  text_completion: 'model',
  completion: 'model',
  chat_completion: 'model',
  responses: 'model',
  call_llm: 'model',
  llm_call: 'model',
  execute_tool: 'tool',
  tool_call: 'tool',
  call_tool: 'tool',
  invoke_agent: 'agent',
  agent_call: 'agent',
  create_agent: 'plumbing',
  invoke_workflow: 'plumbing',
  plan: 'plumbing',
  retrieval: 'plumbing',
  embeddings: 'plumbing',
  handoff: 'plumbing',
};

/** `openinference.span.kind`, `traceloop.span.kind` and `ag2.span.type`, in lower case. */
const kinds: Readonly<Record<string, Sort>> = {
  llm: 'model',
  tool: 'tool',
  agent: 'agent',
  chain: 'plumbing',
  workflow: 'plumbing',
  task: 'plumbing',
  retriever: 'plumbing',
  reranker: 'plumbing',
  embedding: 'plumbing',
  guardrail: 'plumbing',
  evaluator: 'plumbing',
  prompt: 'plumbing',
  conversation: 'plumbing',
  speaker_selection: 'plumbing',
  human_input: 'plumbing',
  code_execution: 'tool',
};

/** Names of spans whose emitters tell nothing else. */
const names: readonly (readonly [pattern: RegExp, sort: Sort])[] = [
  [/^ai\.\w+\.do(?:Generate|Stream)$/, 'model'],
  [/^ai\.toolCall$/, 'tool'],
  [/^ai\./, 'plumbing'],
  [/^claude_code\.llm_request$/, 'model'],
  [/^claude_code\.tool$/, 'tool'],
  [/^(?:chat|text_completion|generate_content) /, 'model'],
  [/^execute_tool /, 'tool'],
  [/^invoke_agent /, 'agent'],
];

export function spanKind(span: Span): SpanKind {
  const operation = textTold(span, 'operation');
  const kind = textTold(span, 'kind')?.toLowerCase() ?? null;
  const operationId = textTold(span, 'operationId') ?? span.name;
  const sort =
    sortIn(operations, operation) ??
    sortIn(kinds, kind) ??
    names.find(([pattern]) => pattern.test(operationId))?.[1] ??
    bySigns(span);
  return kindOf(sort, span, operation ?? kind ?? span.name);
}

function sortIn(table: Readonly<Record<string, Sort>>, name: string | null): Sort | undefined {
  return name !== null && Object.hasOwn(table, name) ? table[name] : undefined;
}

/** A span that does not say what it is, but names a tool, or a model and its tokens: who adds up tokens names no model. */
function bySigns(span: Span): Sort {
  const { attributes, told } = span;
  if ('gen_ai.tool.name' in attributes || 'ai.toolCall.name' in attributes) return 'tool';
  if (told.requestType !== undefined)
    return /chat|completion/i.test(textTold(span, 'requestType') ?? '') ? 'model' : 'plumbing';
  const billed = told.outputTokens !== undefined && told.model !== undefined;
  return billed && !('ai.operationId' in attributes) ? 'model' : 'plumbing';
}

function kindOf(sort: Sort, span: Span, what: string): SpanKind {
  switch (sort) {
    case 'model':
    case 'tool':
      return { kind: sort };
    case 'agent':
      return { kind: 'agent', agent: agentOf(span) ?? agentNamed(span.name) };
    case 'plumbing': {
      const node = nodeOf(span);
      return node === null ? { kind: 'plumbing', what } : { kind: 'agent', agent: node };
    }
  }
}

const agentNames = [
  'gen_ai.agent.name',
  'agent.name',
  'ag2.agent.name',
  'agent_name',
  'crewai.agent.role',
  'traceloop.entity.name',
] as const;

function agentOf(span: Span): string | null {
  return firstText(span.attributes, agentNames) ?? nodeOf(span);
}

/** The node of an agent graph that a span stands for. */
function nodeOf(span: Span): string | null {
  const node = textTold(span, 'node');
  if (node !== null) return graphNode(node);
  const metadata = unpacked(span.told.metadata);
  return isJsonObject(metadata) ? graphNode(firstText(metadata, ['langgraph_node'])) : null;
}
