// Message logs of every dialect, in small samples of our own: the variants that the real ones do not show.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { countImported, importText, importTraces } from './import-text.ts';
import { sketch } from './testing.test-support.ts';

interface Sample {
  readonly format: string;
  /** Run by run; model calls are left out, since each is answered. */
  readonly events: readonly (readonly string[])[];
  readonly tokens?: number;
  readonly skipped?: readonly string[];
}

const samples: Readonly<Record<string, Sample>> = {
  'openai-responses.json': {
    format: 'openai-responses',
    events: [
      [
        'message.said system',
        'message.said user',
        'model.answered unattributed',
        'tool.called unattributed find_hotels {"town":"Lyon"}',
        'tool.returned unattributed find_hotels',
        'tool.called unattributed find_trains {"to":"Lyon"}',
        'tool.returned unattributed find_trains',
        'model.answered unattributed',
      ],
    ],
  },
  'anthropic-messages.json': {
    format: 'anthropic',
    events: [
      [
        'message.said system',
        'message.said user',
        'model.answered unattributed',
        'tool.called unattributed water {"bed":"roses"}',
        'tool.failed unattributed water',
        'model.answered unattributed',
      ],
    ],
  },
  'openai-chat.jsonl': {
    format: 'openai-chat',
    events: [
      ['message.said system', 'message.said user', 'model.answered unattributed'],
      [
        'message.said user',
        'model.answered unattributed',
        'tool.called unattributed add {"a":2,"b":2}',
        'tool.returned unattributed add',
        'model.answered unattributed',
      ],
    ],
  },
  'swe-agent.json': {
    format: 'swe-agent',
    events: [
      [
        'message.said system',
        'message.said user',
        'model.answered primary',
        'tool.called primary search_dir {"command":"search_dir \\"parse\\" src"}',
        'tool.returned primary search_dir',
        'model.answered primary',
        'tool.called primary open {"command":"open src/parse.py 10"}',
        'tool.returned primary open',
        'model.answered primary',
        'tool.called primary submit {"command":"submit"}',
        'tool.returned primary submit',
      ],
    ],
  },
  'autogen-04.jsonl': {
    format: 'autogen',
    tokens: 139,
    skipped: ['ToolCallSummaryMessage'],
    events: [
      [
        'message.said user',
        'model.answered buyer',
        'tool.called buyer price {"item":"tea"}',
        'tool.returned buyer price',
        'model.answered buyer',
        'handoff.sent buyer->seller',
        'handoff.received buyer->seller',
        'model.answered seller',
      ],
    ],
  },
  'magentic-one.json': {
    format: 'autogen',
    events: [
      [
        'message.said human',
        'model.answered Orchestrator',
        'model.answered Orchestrator',
        'handoff.sent Orchestrator->WebSurfer',
        'handoff.received Orchestrator->WebSurfer',
        'model.answered WebSurfer',
        'message.said Orchestrator',
      ],
    ],
  },
  'claude-code.jsonl': {
    format: 'claude-code',
    tokens: 35,
    skipped: ['summary entry'],
    events: [
      [
        'message.said user',
        'model.answered claude-code',
        'tool.called claude-code Bash {"command":"ls"}',
        'tool.returned claude-code Bash',
        'model.answered claude-code/subagent',
      ],
    ],
  },
  'litellm.jsonl': {
    format: 'litellm',
    tokens: 39,
    skipped: ['completion log'],
    events: [
      [
        'message.said system',
        'message.said user',
        'model.answered unattributed',
        'tool.called unattributed look {"at":"desk"}',
        'tool.returned unattributed look',
        'model.answered unattributed',
      ],
    ],
  },
  'openhands-server.json': {
    format: 'openhands',
    skipped: ['agent_state_changed'],
    events: [
      [
        'message.said user',
        'model.answered agent',
        'tool.called agent run {"command":"ls | wc -l"}',
        'tool.returned agent run',
      ],
    ],
  },
  'langgraph-snapshots.json': {
    format: 'langgraph-snapshots',
    events: [
      [
        'message.said user',
        'model.answered planner',
        'tool.called planner weather {"town":"Bern"}',
        'tool.returned planner weather',
        'model.answered writer',
      ],
    ],
  },
  'langgraph-stream.jsonl': {
    format: 'langgraph-stream',
    events: [
      [
        'model.answered planner',
        'tool.called planner weather {"town":"Bern"}',
        'tool.returned planner weather',
        'model.answered writer',
      ],
    ],
  },
  'langgraph-updates.jsonl': {
    format: 'langgraph-stream',
    skipped: ['values part'],
    events: [['model.answered planner', 'model.answered writer']],
  },
  'plain-messages.jsonl': {
    format: 'messages',
    events: [
      [
        'message.said user',
        'model.answered coder',
        'tool.called coder build {"target":"all"}',
        'tool.returned coder build',
        'model.answered coder',
        'handoff.sent coder->reviewer',
        'handoff.received coder->reviewer',
        'model.answered reviewer',
        'handoff.sent reviewer->coder',
      ],
    ],
  },
  'plain-conversations.jsonl': {
    format: 'messages',
    events: [['model.answered coder'], ['model.answered coder', 'model.answered coder']],
  },
  'hyperagent.txt': {
    format: 'hyperagent',
    skipped: ['log line', 'printed reply'],
    events: [
      [
        'model.answered Planner',
        'model.answered Navigator',
        'handoff.sent Navigator->Planner',
        'handoff.received Navigator->Planner',
        'model.answered Planner',
        'model.answered Planner',
        'model.answered Navigator',
        'handoff.sent Navigator->Planner',
      ],
    ],
  },
};

const text = (file: string) =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/traces/${file}`, import.meta.url)), 'utf8');

describe('a message log', () => {
  it.for(Object.entries(samples))('%s is known by its content and told step by step', ([file, sample]) => {
    const imported = importText([text(file)], { format: null });
    expect(imported.format).toBe(sample.format);
    const told = imported.runs.map(({ events }) =>
      events.filter(({ kind }) => kind !== 'model.called').map(sketch),
    );
    expect(told).toEqual(sample.events);
    expect(imported.skipped.map(({ what }) => what)).toEqual(sample.skipped ?? []);
    expect(countImported(imported).tokens.total).toBe(sample.tokens ?? 0);
  });

  it.for(Object.keys(samples))(
    '%s gives the same traces where nobody asks what models were shown',
    (file) => {
      const { asks, ...traces } = importText([text(file)], { format: null });
      expect(importTraces([text(file)], { format: null })).toEqual(traces);
      expect(asks.length).toBeGreaterThan(0);
    },
  );

  it.for(Object.keys(samples))('%s that is cut off says where it ends', (file) => {
    const whole = text(file);
    const cut = file.endsWith('.txt') ? whole.slice(0, 30) : whole.slice(0, whole.length * 0.7);
    for (const read of [importText, importTraces])
      expect(() => read([cut], { format: samples[file]?.format ?? null })).toThrow(/IMPORT_BROKEN\] at/);
  });

  it('keeps what each answer was given to, as far as the log shows it', () => {
    const { asks } = importText([text('openai-chat.jsonl')], { format: null });
    expect(asks.map(({ input }) => input?.map(({ role }) => role))).toEqual([
      ['system', 'user'],
      ['user'],
      ['user', 'assistant', 'tool'],
    ]);
  });

  it('of a group chat does not claim to know what a model was shown', () => {
    const { asks } = importText([text('magentic-one.json')], { format: null });
    expect(asks.map(({ input }) => input)).toEqual([null, null, null]);
  });
});
