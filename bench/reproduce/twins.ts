// Twins of a marked trace, made of its messages: cut before the loop, after one round, and with one more round or other work.
import type { LabelledTrace, Message, MessageMark } from './marks.ts';

export interface Twins {
  readonly beforeLoop: LabelledTrace;
  readonly oneRound: LabelledTrace;
  /** One round, and the same messages once more. */
  readonly planted: LabelledTrace;
  /**
   * One round, and then, in the place of each of its messages, the earliest one of the same agent, role and tool that stands
   * before the loop and is not used yet. Null where there is none for one of them.
   */
  readonly healthy: LabelledTrace | null;
}

export function twinsOf(trace: LabelledTrace, { first, last }: MessageMark): Twins {
  const { messages } = trace;
  const of = (...parts: readonly (readonly Message[])[]): LabelledTrace => ({
    ...trace,
    messages: parts.flat(),
  });
  const [before, round] = [messages.slice(0, first), messages.slice(first, last + 1)];
  const work = otherWork(round, before);
  return {
    beforeLoop: of(before),
    oneRound: of(before, round),
    planted: of(before, round, round),
    healthy: work === null ? null : of(before, round, work),
  };
}

function otherWork(round: readonly Message[], before: readonly Message[]): readonly Message[] | null {
  const left = [...before];
  const work = round.flatMap(({ agent, role, tool }) => {
    const at = left.findIndex((one) => one.agent === agent && one.role === role && one.tool === tool);
    return at === -1 ? [] : left.splice(at, 1);
  });
  return work.length === round.length ? work : null;
}
