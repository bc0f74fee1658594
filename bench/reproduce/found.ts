// A found loop as a test: the same loops and deeds again, and none in the trace cut before them or after one round.
import { elapsedMs } from '../../src/base/clock.ts';
import { firstRoundOnly } from '../../src/campaign/incident/first-round.ts';
import { faultyLoops } from '../../src/check/loops.ts';
import { redactJson } from '../../src/llm/redaction/redaction.ts';
import type { Loop } from '../../src/loop/loop.ts';
import { stepsOf } from '../../src/loop/steps-of.ts';
import type { Trace } from '../../src/trace/trace.ts';
import { traceOf, type LabelledTrace } from './marks.ts';
import { cassetteOf, replayed } from './replay.ts';

export interface FoundRow {
  readonly id: string;
  readonly messages: number;
  readonly found: boolean;
  readonly sameSequence: boolean;
  readonly sameLoops: boolean;
  /** These hold of found loops alone. */
  readonly failsOnLoop: boolean;
  readonly passesWhenCut: boolean;
  /** Before the loop nobody does anything, so that passing there says nothing. */
  readonly nothingBefore: boolean;
  readonly passesAfterOneRound: boolean;
  readonly ms: number;
}

export async function foundRow(record: LabelledTrace): Promise<FoundRow> {
  const startMs = elapsedMs();
  const trace = redactJson(traceOf(record), 'secrets');
  const loops = faultyLoops(trace);
  const cassette = cassetteOf(trace);
  const again = await replayed(trace, cassette);
  const [loop] = loops;
  const cut = { ...trace, events: trace.events.filter(({ seq }) => seq < (loop?.firstSeq ?? 0)) };
  const passes = async (run: Trace): Promise<boolean> =>
    faultyLoops(await replayed(run, cassette)).length === 0;
  return {
    id: record.id,
    messages: record.messages.length,
    found: loop !== undefined,
    sameSequence: deeds(again) === deeds(trace),
    sameLoops: shapes(faultyLoops(again)) === shapes(loops),
    failsOnLoop: faultyLoops(again).length > 0,
    passesWhenCut: loop !== undefined && (await passes(cut)),
    nothingBefore: stepsOf(cut.events).length === 0,
    passesAfterOneRound: loop !== undefined && (await passes(firstRoundOnly(trace, loop))),
    ms: Math.round(elapsedMs() - startMs),
  };
}

function shapes(loops: readonly Loop[]): string {
  return JSON.stringify(
    loops.map(({ kind, agents, tools, firstStep, lastStep, period, repetitions }) => [
      kind,
      agents,
      tools,
      firstStep,
      lastStep,
      period,
      repetitions,
    ]),
  );
}

/** Who said, called and handed over what, in order. */
function deeds({ events }: Trace): string {
  const told = events.flatMap((event): readonly unknown[] => {
    if (event.kind === 'model.answered') return [[event.agent, event.content, event.toolCalls]];
    if (event.kind === 'tool.called') return [[event.agent, event.tool, event.arguments]];
    if (event.kind === 'tool.returned') return [[event.agent, event.result]];
    return event.kind === 'handoff.sent' ? [[event.from, event.to, event.payload]] : [];
  });
  return JSON.stringify(told);
}
