// Marked rounds: as strict as the recording, told from honest work that is like them, and marks that say nothing.
import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../trace/event.ts';
import { roundOf } from './marked-round.ts';
import { timesAround } from './walked-round.ts';

interface Told {
  readonly events: readonly TraceEvent[];
}

/** Each line is a step, `agent: words`, `agent tool: argument` or `from>to: words`; what people say is no step, but has its place. */
function trace(...lines: readonly string[]): Told {
  return { events: lines.flatMap((line, at) => eventsOf(line, 2 * at + 1)) };
}

function eventsOf(line: string, seq: number): readonly TraceEvent[] {
  const handoff = /^(\w+)>(\w+): (.*)$/.exec(line);
  if (handoff !== null) return [handedOn(handoff.slice(1), seq)];
  const [, agent = '', tool, text = ''] = /^(\w+)(?: (\w+))?: (.*)$/s.exec(line) ?? [];
  const stamp = { seq, atMs: seq, cause: 0 };
  const call = `c${seq}`;
  const usage = { inputTokens: 1, outputTokens: 1 };
  if (agent === 'user')
    return [{ kind: 'message.said', agent, to: null, role: 'user', content: text, ...stamp }];
  if (tool === undefined)
    return [
      {
        kind: 'model.answered',
        call,
        agent,
        content: text,
        toolCalls: [],
        finishReason: 'stop',
        usage,
        ...stamp,
      },
    ];
  const rest = { attempt: 1, key: '', approval: null, contextVersion: null, epoch: 0 } as const;
  const common = { call, agent, tool, ...stamp };
  const unknown = { version: null, assignment: null, effect: null, scope: null, credential: null } as const;
  return [
    { kind: 'tool.called', ...common, ...unknown, ...rest, arguments: { text } },
    { kind: 'tool.returned', ...common, result: 'no', seq: seq + 1 },
  ];
}

function handedOn([from = '', to = '', reason = '']: readonly string[], seq: number): TraceEvent {
  const handoff = {
    call: `c${seq}`,
    handoff: `h${seq}`,
    from,
    to,
    payload: { reason },
    attempt: 1,
    tokens: 0,
  };
  return {
    kind: 'handoff.sent',
    ...handoff,
    confidence: null,
    contextVersion: null,
    seq,
    atMs: seq,
    cause: 0,
  };
}

const plan = 'boss: Ask the clerk for the list of open invoices and send it on.';
const login = (user: string, pass: string) => `boss: Sign in as ${user} with the word ${pass}.`;
const enter = (user: string, why: string) => `clerk run: ${why}\nsignIn("${user}")`;
const denied = (words: string) => `clerk: It was refused. ${words}`;
const first = [
  login('ann', 'tulip'),
  enter('ann', 'Now that I have it'),
  denied('Can you look the name up again?'),
];
const second = [
  login('ann', 'tulip'),
  enter('ann', 'The same again, so one more try'),
  denied('Please check the name once more and tell me.'),
];
const before = [plan, 'clerk run: list()', 'clerk: I have to sign in. Who am I?'];
const recording = trace(...before, ...first, 'boss: What was it now?', ...second, 'boss: I give up.');
const mark = { firstStep: 4, lastStep: 6 };

describe('a marked round', () => {
  it('comes back as alike as it does in the recording, step by step', () => {
    const round = roundOf(recording, mark);
    expect(round).toMatchObject({ ...mark, agents: ['boss', 'clerk'], times: 2, secondStep: 8 });
    expect(round.likeness).toMatch(/of 3 steps 1 the same and 2 in like words/);
    expect(round.steps.map(({ alike }) => alike)).toEqual([1, 0.1, 0.1]);
    expect(timesAround(recording, round)).toBe(2);
  });

  it('is walked not at all before the mark, and once in the recording cut after it', () => {
    const round = roundOf(recording, mark);
    expect(timesAround(trace(...before), round)).toBe(0);
    expect(timesAround(trace(...before, ...first), round)).toBe(1);
    expect(timesAround(trace(...before, ...first, ...second.slice(0, 2), 'clerk: Done.'), round)).toBe(1);
  });

  it('is found again where one more round is planted, be it in the words of either', () => {
    const round = roundOf(recording, mark);
    for (const planted of [first, second])
      expect(timesAround(trace(...before, ...first, 'boss: Hm.', ...planted), round)).toBe(2);
  });

  it('is not the same work done for somebody else, by the same agents with the same tools', () => {
    const round = roundOf(recording, mark);
    const other = [
      login('bob', 'rose'),
      enter('bob', 'Now that I have it'),
      denied('Can you look the name up again?'),
    ];
    expect(timesAround(trace(...before, ...first, ...other, ...other), round)).toBe(1);
  });

  it('that comes back in other words alone is told by what it has in common', () => {
    const tried = (how: string) => [
      `editor: I will now put the patch into the delete method of the collector, ${how}`,
      `editor: The patch was refused, since the names self and model are not known there, ${how}`,
    ];
    const told = trace(...before, ...tried('at the end.'), ...tried('at its very beginning this time.'));
    const round = roundOf(told, { firstStep: 4, lastStep: 5 });
    expect(round.likeness).toMatch(/0 the same and 2 in like words/);
    expect(timesAround(told, round)).toBe(2);
    const honest = ['editor: The tests of the parser come next.', 'editor: They pass, all nine of them.'];
    expect(timesAround(trace(...tried('at the end.'), ...honest, ...honest), round)).toBe(1);
    const whole = roundOf(told, { firstStep: 4, lastStep: 7 });
    expect(whole).toMatchObject({ firstStep: 4, lastStep: 5, times: 2 });
  });

  it('is told by what tells it from the work before the mark, and not by what is most alike', () => {
    const told = trace(
      'surfer: one two three four five six seven eight',
      'boss: ja nein doch oben unten V W X',
      'surfer: one two three four five six seven eight',
      'boss: ja nein doch oben unten links rechts vorn',
      'surfer: one two three four five six seven eight',
      'boss: ja nein doch oben unten V W X',
      'surfer: one two three four five six seven nine',
      'boss: ja nein doch oben unten links rechts Z',
    );
    const round = roundOf(told, { firstStep: 3, lastStep: 4 });
    expect(round).toMatchObject({ times: 2, secondStep: 7, steps: [{ alike: 0.7 }, { alike: 0.7 }] });
  });

  it('comes back where one step is near the same, rather than where all are a little alike', () => {
    const told = trace(
      'surfer: one two three four five six seven eight',
      'boss: ja nein doch oben unten links rechts vorn',
      'surfer: one two three four A B C D',
      'boss: ja nein doch oben A B C D',
      'surfer: one two three four five six seven nine',
      'boss: entirely other words',
    );
    const round = roundOf(told, { firstStep: 1, lastStep: 2 });
    expect(round).toMatchObject({ times: 2, secondStep: 5, steps: [{ alike: 0.7 }, { alike: 0 }] });
  });

  it.for([
    ['two rounds', { firstStep: 1, lastStep: 4 }],
    ['some rounds, the last cut off', { firstStep: 1, lastStep: 5 }],
    ['all of them', { firstStep: 1, lastStep: 6 }],
    ['one', { firstStep: 1, lastStep: 2 }],
  ] as const)('is the same one where %s are marked', ([, some]) => {
    const told = trace('b: draft', 'c: no', 'b: draft', 'c: no', 'b: draft', 'c: no');
    expect(roundOf(told, some)).toMatchObject({
      firstStep: 1,
      lastStep: 2,
      times: 3,
      likeness: 'the same deeds',
    });
  });

  it('that overlaps with itself counts once', () => {
    const step = { agent: 'a', kind: 'said', tool: null, edge: null, text: 'x', alike: 1 } as const;
    const times = (said: number) =>
      timesAround(trace(...Array<string>(said).fill('a: x')), { steps: [step, step] });
    expect([1, 2, 3, 4].map(times)).toEqual([0, 1, 1, 2]);
  });

  it('of one step that comes back at once is counted step by step', () => {
    expect(roundOf(trace('a: x', 'a: x', 'a: x'), { firstStep: 1, lastStep: 1 }).times).toBe(3);
  });

  it('is the same one whether or not handoffs show, for that depends on who watches', () => {
    const round = [login('ann', 'tulip'), denied('Who is it?')];
    const shown = [round[0] ?? '', 'boss>clerk: sign in', round[1] ?? '', 'clerk>boss: refused'];
    for (const [marked, run] of [
      [shown, round],
      [round, shown],
      [shown, shown.map((line) => line.replace('sign in', 'something else'))],
    ] as const) {
      const told = roundOf(trace(...marked, ...marked), { firstStep: 1, lastStep: marked.length });
      expect(told.steps.map(({ kind }) => kind)).toEqual(['said', 'said']);
      expect(timesAround(trace(...run, ...run, ...run), told)).toBe(3);
    }
  });

  it('of handoffs alone is told by them', () => {
    const around = ['a>b: take it', 'b>a: no, you'];
    const round = roundOf(trace(...around, ...around), { firstStep: 1, lastStep: 2 });
    expect(round.steps).toMatchObject([
      { edge: 'a->b', alike: 1 },
      { edge: 'b->a', alike: 1 },
    ]);
    expect(timesAround(trace(...around, ...around, ...around), round)).toBe(3);
    expect(timesAround(trace(...around, 'a>c: take it', ...around.slice(1)), round)).toBe(1);
  });

  it('counts who does what where nothing else comes back, and says so', () => {
    const told = trace('a: start', 'b: one', 'c: apples', 'b: two', 'c: pears');
    const round = roundOf(told, { firstStep: 2, lastStep: 3 });
    expect(round).toMatchObject({ times: 2, steps: [{ alike: 0 }, { alike: 0 }] });
    expect(round.likeness).toMatch(/whatever they say, so that other work done in this way counts as well$/);
  });

  it('that was gone through before is refused, with the step to mark it from', () => {
    const told = trace('b: draft', 'c: no', 'b: draft', 'c: no', 'b: draft', 'c: no');
    expect(() => roundOf(told, { firstStep: 3, lastStep: 4 })).toThrow(
      /MARK_LATE\] at steps 3 to 4[\s\S]*step 1/,
    );
    const vague = trace('b: one', 'c: apples', 'b: two', 'c: pears', 'b: three', 'c: plums');
    expect(() => roundOf(vague, { firstStep: 3, lastStep: 4 })).toThrow('MARK_LATE');
  });

  it('that never comes back is refused, and one in which nobody does anything', () => {
    expect(() => roundOf(recording, { firstStep: 7, lastStep: 8 })).toThrow(/MARK_ONCE\] at steps 7 to 8/);
    expect(() => roundOf(recording, { firstStep: 70, lastStep: 90 })).toThrow(
      /MARK_EMPTY.*[\s\S]*steps up to 11/,
    );
  });
});
