// Logs of coding agents in the ways that their versions and commands write them, in words of our own.
import { describe, expect, it } from 'vitest';
import type { Json } from '../base/json.ts';
import { countImported, importText } from './import-text.ts';
import type { Imported } from './imported.ts';
import { sketch } from './testing.test-support.ts';

const jsonl = (records: readonly Json[]): string => records.map((one) => JSON.stringify(one)).join('\n');
const read = (records: readonly Json[]): Imported => importText([jsonl(records)], { format: null });
const told = ({ runs }: Imported): readonly (readonly string[])[] =>
  runs.map(({ events }) => events.filter(({ kind }) => kind !== 'model.called').map(sketch));
const at = (second: number): string => `2026-01-01T00:00:0${second}.000Z`;

describe('Claude Code', () => {
  const entry = { sessionId: 's', isSidechain: false };
  const use = (id: string, name: string) => ({ type: 'tool_use', id, name, input: {} });
  const answer = (id: string, content: Json, outputTokens: number) => ({
    type: 'message',
    role: 'assistant',
    id,
    model: 'm',
    stop_reason: null,
    content,
    usage: {
      input_tokens: 3,
      cache_read_input_tokens: 90,
      cache_creation_input_tokens: 7,
      output_tokens: outputTokens,
    },
  });
  const result = (id: string, more = {}) => ({
    role: 'user',
    content: [{ type: 'tool_result', tool_use_id: id, content: 'there', ...more }],
  });

  it('of a version with further entries is known and read; those are listed', () => {
    const session = [
      ...['last-prompt', 'permission-mode', 'mode', 'attachment', 'ai-title', 'pr-link'].map((type) => ({
        type,
      })),
      { type: 'user', ...entry, timestamp: at(1), message: { role: 'user', content: 'look' } },
      { type: 'assistant', ...entry, timestamp: at(2), message: { role: 'assistant', model: '<synthetic>' } },
      {
        type: 'assistant',
        ...entry,
        timestamp: at(3),
        message: answer('a', [{ type: 'text', text: 'so' }], 4),
      },
    ];
    const imported = read(session);
    expect(imported.format).toBe('claude-code');
    expect(told(imported)).toEqual([['message.said user', 'model.answered claude-code']]);
    expect(imported.skipped.map(({ what }) => what)).toContain('synthetic answer');
    expect(imported.skipped).toHaveLength(7);
  });

  it('that begins with entries alone is known by those that no other log has', () => {
    const snapshots = Array.from({ length: 40 }, () => ({ type: 'file-history-snapshot', snapshot: {} }));
    expect(read([...snapshots, { type: 'user', message: { role: 'user', content: 'hi' } }]).format).toBe(
      'claude-code',
    );
    expect(() => read([{ type: 'mode' }, { type: 'attachment' }])).toThrow('IMPORT_FORMAT_UNKNOWN');
  });

  it('tells an answer once, though a tool of it answers before its last block, and bills what its last line says', () => {
    const imported = read([
      { type: 'assistant', ...entry, timestamp: at(1), message: answer('a', [use('t1', 'Read')], 1) },
      { type: 'user', ...entry, timestamp: at(2), message: result('t1') },
      { type: 'assistant', ...entry, timestamp: at(3), message: answer('a', [use('t2', 'Grep')], 40) },
      { type: 'user', ...entry, timestamp: at(4), message: result('t2', { is_error: true }) },
    ]);
    expect(told(imported)).toEqual([
      [
        'model.answered claude-code',
        'tool.called claude-code Read {}',
        'tool.returned claude-code Read',
        'tool.called claude-code Grep {}',
        'tool.failed claude-code Grep',
      ],
    ]);
    expect(countImported(imported).tokens).toMatchObject({ input: 100, output: 40 });
  });

  it('printed as stream-json has no times, and a subagent by the call that began it', () => {
    const line = (type: string, message: Json, parent: string | null = null) => ({
      type,
      message,
      parent_tool_use_id: parent,
      session_id: 's',
    });
    const imported = read([
      { type: 'system', subtype: 'init', session_id: 's', tools: [] },
      line('assistant', answer('a', [use('t1', 'Task')], 1)),
      { type: 'stream_event', event: {}, session_id: 's' },
      line('assistant', answer('b', [{ type: 'text', text: 'found' }], 1), 't1'),
      line('user', result('t1')),
      line('assistant', answer('c', [{ type: 'text', text: 'so' }], 1)),
      { type: 'result', subtype: 'success', result: 'so', session_id: 's' },
    ]);
    expect(told(imported)).toEqual([
      [
        'model.answered claude-code',
        'model.answered claude-code/t1',
        'tool.called claude-code Task {}',
        'tool.returned claude-code Task',
        'model.answered claude-code',
      ],
    ]);
  });
});

describe('Codex', () => {
  const line = (second: number, type: string, payload: Json): Json => ({
    timestamp: at(second),
    type,
    payload,
  });
  const item = (second: number, payload: Json): Json => line(second, 'response_item', payload);
  const billed = (second: number, outputTokens: number): Json =>
    line(second, 'event_msg', {
      type: 'token_count',
      info: { last_token_usage: { input_tokens: 9, cached_input_tokens: 4, output_tokens: outputTokens } },
    });
  const rollout = [
    line(0, 'session_meta', { id: 'one', cwd: '/work' }),
    line(0, 'turn_context', { model: 'm', cwd: '/work' }),
    item(1, { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'mend it' }] }),
    line(1, 'event_msg', { type: 'user_message', message: 'mend it' }),
    item(2, { type: 'reasoning', summary: [{ type: 'summary_text', text: 'look first' }] }),
    item(3, { type: 'function_call', call_id: 'c', name: 'shell', arguments: '{"command":["ls"]}' }),
    billed(3, 2),
    item(4, { type: 'function_call_output', call_id: 'c', output: 'a.ts' }),
    item(5, { type: 'ghost_snapshot', ghost_commit: {} }),
    item(5, { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'done' }] }),
    billed(5, 3),
    billed(6, 3),
    line(7, 'event_msg', { type: 'error', message: 'out of reach' }),
  ];

  it('tells items of responses as steps, each response billed once, and an error as a call that failed', () => {
    const imported = read(rollout);
    expect(imported.format).toBe('codex');
    expect(imported.runs[0]?.mission.id).toBe('one');
    expect(told(imported)).toEqual([
      [
        'message.said user',
        'model.answered codex',
        'tool.called codex shell {"command":["ls"]}',
        'tool.returned codex shell',
        'model.answered codex',
        'model.failed codex',
      ],
    ]);
    expect(countImported(imported).tokens).toMatchObject({ input: 18, output: 5 });
    expect(imported.skipped.map(({ what, count }) => [what, count])).toContainEqual([
      'response_item line',
      1,
    ]);
  });
});

describe('records that look like those of a coding agent', () => {
  it.for([
    [{ type: 'user', message: { clicks: 1 } }, { type: 'click' }],
    [{ kind: 'Pod', source: 'cluster', timestamp: 1 }],
    [{ history: [{ source: 'shop', action: 'sold' }] }],
    [{ type: 'PushEvent', payload: {} }],
    [{ request: { messages: [1] }, response: {} }],
  ] satisfies readonly (readonly Json[])[])('are none: %j', (records) => {
    expect(() => read(records)).toThrow('IMPORT_FORMAT_UNKNOWN');
  });
});

describe('OpenHands', () => {
  const response = (id: string) => ({ id, model: 'm', usage: { prompt_tokens: 9, completion_tokens: 2 } });
  const event = (second: number, source: string, more: object): Json => ({
    id: second,
    source,
    timestamp: `2026-01-01T00:00:0${second}.000000`,
    ...more,
  });
  const ran = (id: string, callId: string) => ({
    tool_call_metadata: { tool_call_id: callId, model_response: response(id) },
  });
  const events = [
    event(0, 'environment', { observation: 'agent_state_changed', content: '' }),
    event(1, 'agent', { action: 'system', args: { content: 'be careful' } }),
    event(2, 'user', { action: 'message', args: { content: 'mend it' } }),
    event(3, 'user', { action: 'recall', args: { query: 'mend it' } }),
    event(4, 'environment', { observation: 'recall', cause: 3, content: 'notes' }),
    event(5, 'agent', { action: 'run', args: { command: 'ls', thought: 'first' }, ...ran('r', 'c1') }),
    event(6, 'agent', { observation: 'run', cause: 5, content: 'a.ts', ...ran('r', 'c1') }),
    event(7, 'agent', { action: 'edit', args: { path: 'a.ts' }, ...ran('r', 'c2') }),
    event(8, 'agent', { observation: 'error', cause: 7, content: 'no such line', ...ran('r', 'c2') }),
  ];
  const story = [
    'message.said system',
    'message.said user',
    'model.answered agent',
    'tool.called agent run {"command":"ls"}',
    'tool.returned agent run',
    'tool.called agent edit {"path":"a.ts"}',
    'tool.failed agent edit',
  ];

  it('of the server tells one answer for two actions of a response, with its tokens; what the program recalls is no tool', () => {
    const imported = read(events);
    expect(told(imported)).toEqual([story]);
    expect(countImported(imported).tokens).toEqual({ input: 9, output: 2, total: 11, unknownCalls: 0 });
    expect(imported.skipped.map(({ what, count }) => [what, count])).toEqual([
      ['agent_state_changed', 1],
      ['recall', 2],
    ]);
  });

  it('comes within an answer of the server, and as a history in each result of an evaluation', () => {
    expect(told(read([{ events, has_more: false }]))).toEqual([story]);
    const pairs = [
      [events[5], events[6]],
      [events[7], events[8]],
    ] as Json;
    const imported = read([
      { instance_id: 'one', history: events, metrics: {} },
      { instance_id: 'two', history: pairs, metrics: {} },
    ]);
    expect(imported.runs.map(({ mission }) => mission.id)).toEqual(['one', 'two']);
    expect(told(imported)).toEqual([story, story.slice(2)]);
  });

  it('of the SDK names the tool of an error, and reads calls as chat messages have them', () => {
    const imported = read([
      event(1, 'agent', {
        kind: 'ActionEvent',
        action: null,
        tool_call_id: 'c',
        tool_call: { id: 'c', function: { name: 'fly', arguments: '{"to":"moon"}' } },
        llm_response_id: 'r',
      }),
      event(2, 'agent', { kind: 'AgentErrorEvent', tool_call_id: 'c', error: 'there is no such tool' }),
    ]);
    expect(told(imported)).toEqual([
      ['model.answered agent', 'tool.called agent fly {"to":"moon"}', 'tool.failed agent fly'],
    ]);
  });
});

describe('SWE-agent', () => {
  const step = (action: string, observation: string) => ({
    action,
    observation,
    thought: '',
    response: 'so',
  });
  const history = [{ role: 'system', content: 'be careful' }];

  it('tells what the environment says to an answer without an action', () => {
    const trajectory = [step('', 'there was no action'), step('ls', 'a.ts')];
    expect(told(read([{ trajectory, history, info: {} }]))).toEqual([
      [
        'message.said system',
        'model.answered agent',
        'message.said environment',
        'model.answered agent',
        'tool.called agent ls {"command":"ls"}',
        'tool.returned agent ls',
      ],
    ]);
  });

  it('is read from the history of a demonstration, where there is no trajectory', () => {
    const spoken = (role: string, kind: string, more: object) => ({
      role,
      agent: 'main',
      message_type: kind,
      ...more,
    });
    const call = { id: 'c', type: 'function', function: { name: 'find_file', arguments: '{"name":"a.ts"}' } };
    const imported = read([
      {
        history: [
          spoken('system', 'system_prompt', { content: 'be careful' }),
          spoken('assistant', 'action', {
            content: 'so',
            thought: 'so',
            action: 'find_file a.ts',
            tool_calls: [call],
          }),
          spoken('tool', 'observation', { content: 'one match', tool_call_ids: ['c'] }),
        ],
      },
    ]);
    expect(imported.format).toBe('swe-agent');
    expect(told(imported)).toEqual([
      [
        'message.said system',
        'model.answered main',
        'tool.called main find_file {"name":"a.ts"}',
        'tool.returned main find_file',
      ],
    ]);
  });

  it('is known where it failed before its first step, and lists the attempts that were not taken', () => {
    const trajectory: Json = [];
    const imported = read([{ trajectory, history, info: {}, attempts: [{ trajectory }, { trajectory }] }]);
    expect(imported.format).toBe('swe-agent');
    expect(told(imported)).toEqual([['message.said system']]);
    expect(imported.skipped).toMatchObject([{ what: 'attempt', count: 1 }]);
  });
});
