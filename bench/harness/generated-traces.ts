// Production traces made up by the megabyte: the same bytes for the same count, in three formats.

/** A team of four agents whose every turn calls a tool; `call` is its number from 0. */
function turn(call: number): { readonly agent: string; readonly tool: string; readonly words: string } {
  const agent = ['planner', 'coder', 'tester', 'critic'][call % 4] ?? 'planner';
  const words = `turn ${call}: ${'the build is not green yet, so the next step is another look at it; '.repeat(6)}`;
  return { agent, tool: ['read_file', 'run_tests', 'search'][call % 3] ?? 'search', words };
}

/** What the model is shown: the turns before, as chat logs grow; real spans hold 10 to 50 kB. */
function shown(call: number): readonly string[] {
  return Array.from({ length: 12 }, (_, back) => turn(Math.max(0, call - back)).words);
}

const turnsARun = 200;
const idOf = (number: number): string => number.toString(16).padStart(16, '0');
const nanosOf = (call: number): string => `17000000${String(10_000_000_000 + call * 1_000_000)}`;

/** One span a line, each in its own `resourceSpans`, as collectors write them; two spans a turn, children first. */
export function* otlpLines(): Generator<string> {
  for (let call = 0; ; call += 1) {
    const { agent, tool, words } = turn(call);
    const run = Math.floor(call / turnsARun);
    const place = { traceId: idOf(run) + idOf(run), parentSpanId: idOf(run + 1) };
    const times = { startTimeUnixNano: nanosOf(call), endTimeUnixNano: nanosOf(call + 1) };
    const toolCall = { id: `call_${call}`, name: tool, arguments: { path: `src/file-${call % 17}.ts` } };
    yield line({ ...place, ...times, spanId: idOf(2 * call + 2 ** 32), name: 'chat m' }, [
      ['gen_ai.operation.name', 'chat'],
      ['gen_ai.agent.name', agent],
      ['gen_ai.request.model', 'm'],
      [
        'gen_ai.input.messages',
        JSON.stringify(shown(call).map((content) => ({ role: 'user', parts: [{ type: 'text', content }] }))),
      ],
      [
        'gen_ai.output.messages',
        JSON.stringify([{ role: 'assistant', parts: [{ type: 'tool_call', ...toolCall }] }]),
      ],
      ['gen_ai.usage.input_tokens', 812],
      ['gen_ai.usage.output_tokens', 31],
    ]);
    yield line({ ...place, ...times, spanId: idOf(2 * call + 1 + 2 ** 32), name: `execute_tool ${tool}` }, [
      ['gen_ai.operation.name', 'execute_tool'],
      ['gen_ai.agent.name', agent],
      ['gen_ai.tool.name', tool],
      ['gen_ai.tool.call.id', toolCall.id],
      ['gen_ai.tool.call.arguments', JSON.stringify(toolCall.arguments)],
      ['gen_ai.tool.call.result', JSON.stringify({ text: words })],
    ]);
  }
}

function line(span: object, attributes: readonly (readonly [string, string | number])[]): string {
  const list = attributes.map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }));
  return `${JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ ...span, attributes: list }] }] }] })}\n`;
}

/** LangSmith runs, one a line: a chain of four agents a run, with what was asked and answered. */
export function* langsmithLines(): Generator<string> {
  for (let call = 0; ; call += 1) {
    const { agent, tool, words } = turn(call);
    const at = {
      trace_id: `t${Math.floor(call / turnsARun)}`,
      start_time: momentOf(call),
      end_time: momentOf(call + 1),
    };
    const extra = { metadata: { langgraph_node: agent, ls_model_name: 'm' } };
    const message = { role: 'assistant', content: words, tool_calls: [] };
    yield `${JSON.stringify({
      ...at,
      id: `m${call}`,
      run_type: 'llm',
      name: 'model',
      extra,
      inputs: { messages: shown(call).map((content) => ({ role: 'user', content })) },
      outputs: {
        choices: [{ message, finish_reason: 'stop' }],
        usage_metadata: { input_tokens: 812, output_tokens: 31 },
      },
    })}\n`;
    yield `${JSON.stringify({
      ...at,
      id: `t${call}`,
      run_type: 'tool',
      name: tool,
      extra,
      inputs: { path: `src/file-${call % 17}.ts` },
      outputs: { output: words },
    })}\n`;
  }
}

function momentOf(call: number): string {
  return new Date(1_700_000_000_000 + call * 1000).toISOString();
}

/** muster's own trace, one event a line. */
export function* musterLines(): Generator<string> {
  const mission = { id: 'm', goal: '', input: {}, context: {} };
  const head = { schemaVersion: 1, subject: 's', mission, team: null, seed: 0, startedAtMs: 0, result: null };
  yield `${JSON.stringify({ muster: 'trace', version: 1, ...head, audit: null, state: null })}\n`;
  for (let call = 0; ; call += 1) {
    const { agent, words } = turn(call);
    const stamp = { atMs: call, call: `c${call}`, agent };
    const bounds = { version: null, assignment: null, contextVersion: null, slice: null, feedback: null };
    const asked = { kind: 'model.called', model: 'm', turn: call + 1, attempt: 1, key: `k${call}`, epoch: 0 };
    const usage = { inputTokens: 812, outputTokens: 31 };
    const said = { kind: 'model.answered', content: words, toolCalls: [], finishReason: 'stop', usage };
    yield `${JSON.stringify({ ...stamp, ...asked, ...bounds, seq: 2 * call + 1, cause: 2 * call })}\n`;
    yield `${JSON.stringify({ ...stamp, ...said, seq: 2 * call + 2, cause: 2 * call + 1 })}\n`;
  }
}

/** Lines until there are so many megabytes of them, in pieces of about 1 MB. */
export function* megabytesOf(lines: Generator<string>, megabytes: number): Generator<string> {
  let piece = '';
  let left = megabytes * 1024 * 1024;
  for (const one of lines) {
    piece += one;
    left -= one.length;
    if (piece.length >= 1024 * 1024 || left <= 0) {
      yield piece;
      piece = '';
    }
    if (left <= 0) return;
  }
}
