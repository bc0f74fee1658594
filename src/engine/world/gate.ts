// A gate check in the simulated world: schema and quality gates run for real, chaos may overrule or silence them.
import { andThen, type NowOrLater } from '../../base/now-or-later.ts';
import type { GateOutcome } from '../../chaos/outcome.ts';
import type { GateCheck } from '../../steward/command.ts';
import type { AnswerEvent } from '../../steward/event.ts';
import type { Reply } from '../../team/ask.ts';
import { checkOutput } from '../../team/output-check.ts';
import { cross, type LateEvent, type Performed, type World } from './world.ts';

const gateMs = 20;

export function checkGate(world: World, command: GateCheck): NowOrLater<Performed> {
  const { agent, attempt } = command;
  const crossing = { layer: 'gate', agent, subject: command.gates.join(',') || 'schema', attempt } as const;
  const judged = judge(world, command);
  return andThen(
    cross(world, crossing, () => judged.outcome),
    ({ outcome, felt }) => ({ felt, events: eventsOf(world, command, { outcome, reply: judged.reply }) }),
  );
}

interface Judged {
  readonly outcome: GateOutcome;
  readonly reply: Reply | null;
}

/** A gate that throws could not judge: that is its failure, never a verdict. */
function judge(world: World, command: GateCheck): Judged {
  const { agent, content, gates, brief } = command;
  const { input, slice } = brief;
  const toolResults = brief.exchanges.map(({ call, result, failed }) => ({
    tool: call.name,
    result,
    failed,
  }));
  try {
    const subject = { agent, content, gates, input, slice, toolResults, atMs: world.clock.now() };
    const { passed, feedback, reply } = checkOutput(world.team, subject);
    return { outcome: { kind: 'checked', passed, feedback, afterMs: gateMs }, reply };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { outcome: { kind: 'failed', message, afterMs: gateMs }, reply: null };
  }
}

function eventsOf(world: World, { id, epoch }: GateCheck, { outcome, reply }: Judged): readonly LateEvent[] {
  if (outcome.kind === 'silent') return [];
  const { afterMs } = outcome;
  const atMs = world.clock.now() + afterMs;
  return [{ afterMs, event: eventOf({ command: id, epoch, atMs }, outcome, reply) }];
}

function eventOf(
  { command, epoch, atMs }: { readonly command: string; readonly epoch: number; readonly atMs: number },
  outcome: Exclude<GateOutcome, { kind: 'silent' }>,
  reply: Reply | null,
): AnswerEvent {
  switch (outcome.kind) {
    case 'failed':
      return { command, epoch, atMs, kind: 'gate.failed', message: outcome.message };
    case 'checked': {
      const { passed, feedback } = outcome;
      return { command, epoch, atMs, kind: 'gate.checked', passed, reply, feedback };
    }
  }
}
