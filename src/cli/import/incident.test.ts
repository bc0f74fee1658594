// Incidents as tests: the recorded team reproduces its loop, a cut one does not, and a team of one's own runs into it.
import { describe, expect, it } from 'vitest';
import { faultyLoops } from '../../check/loops.ts';
import { importText } from '../../import/import-text.ts';
import type { Imported } from '../../import/imported.ts';
import { parseCassette, cassetteText } from '../../llm/cassette/cassette-file.ts';
import { everydayPace } from '../../llm/double.ts';
import { playback } from '../../llm/cassette/playback.ts';
import { httpFunction } from '../../subject/http-function.ts';
import { recordedTeam } from '../../subject/recorded-team.ts';
import { recordedTools } from '../../subject/recorded-tools.ts';
import type { Trace } from '../../trace/trace.ts';
import { Collector } from '../../campaign/collector.ts';
import { noFailure } from '../../campaign/gate-policy.ts';
import { runTrial, usualHorizonMs } from '../../campaign/trial.ts';
import { warningsOf } from '../../campaign/warnings.ts';
import { compactTrace } from '../../campaign/compact-trace.ts';
import { incidentCassette } from '../../campaign/incident/incident-cassette.ts';
import { incidentSuite } from '../../campaign/incident/incident-suite.ts';

const round = [
  {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'c', function: { name: 'deploy', arguments: '{"to":"prod"}' } }],
  },
  { role: 'tool', tool_call_id: 'c', content: 'timeout' },
];
const rounds = (times: number) =>
  Array.from(
    { length: times },
    (_, at) => JSON.parse(JSON.stringify(round).replaceAll('"c"', `"c${at}"`)) as typeof round,
  ).flat();

function imported(times: number): Imported {
  const messages = [
    { role: 'user', content: 'Ship it.' },
    ...rounds(times),
    { role: 'assistant', content: 'I give up.' },
  ];
  return importText([JSON.stringify({ agent: 'shipper', messages })], { format: null });
}

function incident(times: number): {
  readonly trace: Trace;
  readonly cassette: ReturnType<typeof incidentCassette>;
} {
  const { runs, asks } = imported(times);
  const [trace] = runs;
  if (trace === undefined) throw new Error('no run');
  return { trace, cassette: parseCassette(cassetteText(incidentCassette(trace, asks)), 'here') };
}

const runPlan = ({ mission }: Trace) =>
  ({ mission, seed: 1, chaos: null, horizonMs: usualHorizonMs, schedule: null, role: 'judged' }) as const;

/** What was done, without what a run numbers anew. */
function acts({ events }: Trace): readonly string[] {
  return events.flatMap((event) => {
    if (event.kind === 'model.answered') return [`${event.agent}: ${event.content}`];
    if (event.kind === 'tool.called')
      return [`${event.agent} ${event.tool} ${JSON.stringify(event.arguments)}`];
    return event.kind === 'tool.returned' ? [JSON.stringify(event.result)] : [];
  });
}

describe('an incident', () => {
  it('is played again by its recorded team, act by act, with the same loop', async () => {
    const { trace, cassette } = incident(4);
    const again = await recordedTeam({ trace, cassette }).run(runPlan(trace));
    expect(acts(again)).toEqual(acts(trace));
    const shape = (of: Trace) =>
      faultyLoops(of).map(({ kind, agents, period, repetitions }) => ({ kind, agents, period, repetitions }));
    expect(shape(again)).toEqual(shape(trace));
    expect(shape(again)).toEqual([{ kind: 'retry', agents: ['shipper'], period: 2, repetitions: 4 }]);
  });

  it('that was cut before its loop goes round no more', async () => {
    const { trace, cassette } = incident(4);
    const firstSeq = faultyLoops(trace)[0]?.firstSeq ?? 0;
    const cut = { ...trace, events: trace.events.filter(({ seq }) => seq < firstSeq) };
    expect(faultyLoops(await recordedTeam({ trace: cut, cassette }).run(runPlan(trace)))).toEqual([]);
  });

  it('takes its answers from the cassette, so that other answers are another run', async () => {
    const { trace, cassette } = incident(4);
    const recordings = cassette.recordings.map((one) =>
      one.outcome.kind === 'answer'
        ? { ...one, outcome: { ...one.outcome, answer: { ...one.outcome.answer, content: 'changed' } } }
        : one,
    );
    const again = await recordedTeam({ trace, cassette: { ...cassette, recordings } }).run(runPlan(trace));
    expect(acts(again)).toContain('shipper: changed');
    const none = recordedTeam({ trace, cassette: { ...cassette, recordings: [] } });
    expect(() => none.run(runPlan(trace))).toThrow('PLAYBACK_MISSING');
  });

  it('keeps what was thought aloud and what was refused, and arguments that are no object as they were written', () => {
    const call = { id: 'c1', function: { name: 'deploy', arguments: '"prod' } };
    const messages = [
      { role: 'user', content: 'Ship it.' },
      { role: 'assistant', content: null, reasoning_content: 'It is Friday.', tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c1', content: 'bad arguments' },
      { role: 'assistant', content: null, refusal: 'Not on a Friday.' },
    ];
    const { runs, asks } = importText([JSON.stringify({ messages })], { format: null });
    const [trace] = runs;
    if (trace === undefined) throw new Error('no run');
    const cassette = parseCassette(cassetteText(incidentCassette(trace, asks)), 'here');
    const [first, second] = cassette.recordings.map(({ outcome }) => outcome);
    expect(first).toMatchObject({
      answer: { reasoning: 'It is Friday.', toolCalls: [{ arguments: {}, argumentsText: '"prod' }] },
    });
    expect(second).toMatchObject({ answer: { refusal: 'Not on a Friday.' } });
    const asked = cassette.recordings[1]?.ask.messages[1];
    expect(asked).toMatchObject({ toolCalls: [{ arguments: {}, argumentsText: '"prod' }] });
  });

  it('keeps the system prompts without their secrets, each once, so that a change of one can be shown', () => {
    const key = `sk-${'a1'.repeat(12)}`;
    const prompt = { role: 'system', content: `Ship with ${key}.` };
    const messages = [prompt, { role: 'user', content: 'Ship it.' }, ...rounds(3)];
    const { runs, asks } = importText([JSON.stringify({ messages })], { format: null });
    const [trace] = runs;
    if (trace === undefined) throw new Error('no run');
    const { prompts = {}, recordings } = parseCassette(cassetteText(incidentCassette(trace, asks)), 'here');
    expect(prompts).toEqual({
      [recordings[0]?.ask.system ?? '']: 'Ship with [redacted:api-key].',
    });
  });

  it('cannot be bent by chaos, and says so', () => {
    const { trace, cassette } = incident(3);
    const chaos = { schemaVersion: 1, name: 'rain', hypothesis: '', injections: [] } as const;
    expect(() => recordedTeam({ trace, cassette }).run({ ...runPlan(trace), chaos })).toThrow(
      'RECORDED_TEAM_BENT',
    );
  });

  it('is run into by a team of one’s own, and told where that team asks something else', async () => {
    const { trace, cassette } = incident(4);
    const faithful = await ownTeam({ trace, cassette }, 'Ship it.');
    expect(faithful.loops).toMatchObject([{ kind: 'retry', repetitions: 4 }]);
    expect(faithful.told).toEqual([]);
    const other = await ownTeam({ trace, cassette }, 'Ship it today.');
    expect(other.loops).toHaveLength(1);
    expect(faithful.warnings).toEqual([]);
    expect(other.warnings).toEqual([
      expect.stringMatching(
        /^s: 5 of 5 model calls asked something else .*: 'shipper', 5 calls from turn 1 on: message 1: [^;]*$/,
      ),
    ]);
    expect(other.told[0]).toMatch(
      /^shipper asks something else than was recorded in turn 1: message 1: recorded .*Ship it\..*asked .*Ship it today\./,
    );
  });

  it('has a suite in which foreign words are data, and nothing but', () => {
    const why = '"`${process.exit()}`\n*/ // \u2028 </script>';
    const text = incidentSuite({ name: 'ping-pong', why, mark: null });
    const line = text.split('\n').find((one) => one.startsWith('const incident = '));
    expect(JSON.parse(line?.slice('const incident = '.length, -1) ?? '')).toBe(why);
    expect(text.split('process.exit')).toHaveLength(2);
  });
});

/** A loop over a tool on the chat completions API, as people write them. */
async function ownTeam(
  { trace, cassette }: ReturnType<typeof incident>,
  task: string,
): Promise<{
  readonly loops: readonly unknown[];
  readonly told: readonly string[];
  readonly warnings: readonly string[];
}> {
  const url = 'https://deploy.internal/run';
  const subject = httpFunction({
    name: 'own',
    agents: ['shipper'],
    tools: ['deploy'],
    routes: [{ kind: 'tool', tool: 'deploy', method: 'POST', url }],
    doubles: {
      model: playback({ cassette }),
      tools: recordedTools(trace),
      human: () => null,
      pace: everydayPace,
    },
    run: async (_mission, { provider }) => {
      const messages: unknown[] = [{ role: 'user', content: task }];
      for (let turn = 0; turn < 8; turn += 1) {
        const { choices } = (await post(`${provider}/chat/completions`, {
          model: 'unknown',
          messages,
        })) as Reply;
        const message = choices[0]?.message;
        messages.push(message);
        if (message?.tool_calls === undefined) return { said: message?.content };
        for (const { id, function: call } of message.tool_calls) {
          const result = await post(url, JSON.parse(call.arguments));
          messages.push({ role: 'tool', tool_call_id: id, content: result });
        }
      }
      return { said: null };
    },
  });
  const mission = { id: 'm', goal: task, input: {}, context: {} };
  const trial = await runTrial({ subject, mission, seed: 1, plan: null });
  const run = trial.chaos;
  const collector = new Collector({ id: 's', subject: 'own', tags: [], seed: 1, gate: noFailure });
  collector.add({ trial: 0, run: trial, complaint: null });
  const warnings = warningsOf([collector.record()]).filter((line) => line.includes('recorded'));
  const told = compactTrace(run).flatMap(({ kind, lane, text }) =>
    kind === 'playback.diverged' ? [`${lane} ${text}`] : [],
  );
  return { loops: faultyLoops(run), told, warnings };
}

interface Reply {
  readonly choices: readonly {
    readonly message: {
      readonly content: string;
      readonly tool_calls?: readonly {
        readonly id: string;
        readonly function: { readonly arguments: string };
      }[];
    };
  }[];
}

async function post(url: string, body: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
}
