// Real message logs: each gives exactly the facts that are known of it, and says where a broken one is broken.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { countImported, importText } from './import-text.ts';
import type { ImportCounts } from './import-summary.ts';

const folder = fileURLToPath(new URL('../../../shared/data/imports/', import.meta.url));
const isThere = existsSync(folder);

interface Broken {
  /** The first place of this text is replaced. */
  readonly find: string;
  readonly by: string;
  readonly place: RegExp;
}

interface Fact {
  readonly format: string;
  readonly counts: Partial<ImportCounts>;
  readonly skipped: Readonly<Record<string, number>>;
  readonly wrong: Broken;
}

const facts: Readonly<Record<string, Fact>> = {
  'anthropic-managed-agent-events.jsonl': {
    format: 'anthropic-agent',
    counts: {
      agents: ['Coding Assistant'],
      modelCalls: 2,
      toolCalls: { get_weather: 1 },
      tokens: { input: 14476, output: 80, total: 14556, unknownCalls: 0 },
    },
    skipped: { 'sent event': 2, 'session.status_running': 2, 'session.status_idle': 2 },
    wrong: {
      find: '"name":"get_weather","processed_at"',
      by: '"name":7,"processed_at"',
      place: /at line 7 \/1\/name:/,
    },
  },
  'claude-code-sample_session.json': {
    format: 'claude-code',
    counts: {
      agents: ['claude-code'],
      modelCalls: 15,
      toolCalls: { Bash: 5, Edit: 3, Write: 1, TodoWrite: 1, Glob: 1, Grep: 1 },
    },
    skipped: {},
    wrong: {
      find: '"timestamp": "2025-12-24T10:00:05.000Z"',
      by: '"timestamp": "soon"',
      place: /at \/loglines\/1\/timestamp:/,
    },
  },
  'litellm-completion-log-claude.json': {
    format: 'litellm',
    counts: {
      modelCalls: 6,
      toolCalls: { str_replace_editor: 3, terminal: 2, finish: 1 },
      tokens: { input: 6729, output: 199, total: 6928, unknownCalls: 5 },
    },
    skipped: {},
    wrong: { find: '"role": "system"', by: '"role": 5', place: /at \/messages\/0\/role:/ },
  },
  'openai-chat-tau-airline-longest.json': {
    format: 'openai-chat',
    counts: {
      modelCalls: 30,
      toolCalls: {
        get_reservation_details: 7,
        update_reservation_flights: 6,
        think: 2,
        calculate: 2,
        get_user_details: 1,
        search_direct_flight: 1,
        search_onestop_flight: 1,
      },
    },
    skipped: {},
    wrong: { find: '"traj": [{"role": "system"', by: '"traj": [{"role": []', place: /at \/traj\/0\/role:/ },
  },
  'openhands-goal-events.jsonl': {
    format: 'openhands',
    counts: { agents: ['agent'], modelCalls: 2, toolCalls: { terminal: 3 } },
    skipped: { ConversationStateUpdateEvent: 5 },
    wrong: {
      find: '"timestamp":"2026-06-16T05:39:48.701247"',
      by: '"timestamp":true',
      place: /at line 4 \/timestamp:/,
    },
  },
  'ag2-captain-whowhen-AG76.json': {
    format: 'autogen',
    counts: {
      agents: ['Baseball_Expert', 'Validation_Expert', 'Computer_terminal', 'SportsHistorian_Expert'],
      modelCalls: 6,
      toolCalls: {},
      events: 16,
    },
    skipped: {},
    wrong: {
      find: '"name": "Computer_terminal"',
      by: '"name": "Computer_terminal", "tool_calls": 4',
      place: /at \/history\/2\/tool_calls:/,
    },
  },
  'hyperagent-raw-astropy-12907.json': {
    format: 'hyperagent',
    counts: { modelCalls: 108, handoffs: 21, toolCalls: {} },
    skipped: { 'log line': 18, 'printed reply': 143 - 108 },
    wrong: { find: '"Intern Name: Codebase Navigator"', by: '17', place: /at \/trajectory\/4:/ },
  },
  'appworld-raw-cf6abd2_1.txt': {
    format: 'appworld',
    counts: { agents: ['Supervisor Agent', 'SimpleNote Agent'], modelCalls: 30, handoffs: 10 },
    skipped: { 'call of an agent': 6, 'printed reply': 17, 'message loop': 10, evaluation: 1 },
    wrong: { find: 'Exiting SimpleNote Agent', by: 'Exiting Spotify Agent', place: /at line 356:/ },
  },
};

const text = (file: string) => readFileSync(join(folder, file), 'utf8');
const read = (source: string, format: string | null = null) => importText([source], { format });

describe.skipIf(!isThere)('a real log (skipped where ../shared/data is not there)', () => {
  it.for(Object.entries(facts))('%s gives the facts that are known of it', ([file, fact]) => {
    const imported = read(text(file));
    expect(imported.format).toBe(fact.format);
    expect(countImported(imported)).toMatchObject(fact.counts);
    const skipped = Object.fromEntries(imported.skipped.map(({ what, count }) => [what, count]));
    expect(skipped).toMatchObject(fact.skipped);
    expect(imported.asks).toHaveLength(fact.counts.modelCalls ?? 0);
  });

  it.for(Object.entries(facts))('%s says where it ends when it is cut off', ([file, { format }]) => {
    const whole = text(file);
    const cut = file.endsWith('.txt') ? whole.indexOf('Message to SimpleNote') + 40 : whole.length * 0.6;
    expect(() => read(whole.slice(0, cut), format)).toThrow(/IMPORT_BROKEN\] at line \d+/);
  });

  it.for(Object.entries(facts))('%s says where something is wrong', ([file, { wrong, format }]) => {
    const whole = text(file);
    expect(whole).toContain(wrong.find);
    expect(() => read(whole.replace(wrong.find, wrong.by), format)).toThrow(wrong.place);
  });

  it.for(Object.entries(facts))('%s says where a bad line stands in it', ([file, { format }]) => {
    const isDocument = file.endsWith('.json');
    const lines = (isDocument ? JSON.stringify(JSON.parse(text(file)), null, 1) : text(file)).split('\n');
    const middle = Math.floor(lines.length / 2);
    lines.splice(middle, 0, '#garbage#');
    expect(() => read(lines.join('\n'), format)).toThrow(`IMPORT_BROKEN] at line ${middle + 1}`);
  });
});
