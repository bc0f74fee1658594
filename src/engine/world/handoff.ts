// A handoff in the simulated world: the receiver's end checks what arrives, and says so.
import { andThen, type NowOrLater } from '../../base/now-or-later.ts';
import type { HandoffOutcome } from '../../chaos/outcome.ts';
import type { HandoffDeliver } from '../../steward/command.ts';
import type { Handoff } from '../../team/handoff.ts';
import { checkInput } from '../../team/output-check.ts';
import { cross, paceMs, type LateEvent, type Performed, type World } from './world.ts';

export function deliverHandoff(world: World, command: HandoffDeliver): NowOrLater<Performed> {
  const { handoff, attempt } = command;
  const crossing = {
    layer: 'handoff',
    agent: handoff.from,
    subject: `${handoff.from}->${handoff.to}`,
    attempt,
  } as const;
  const afterMs = paceMs(world, 'handoffMs', `${handoff.id}/${attempt}`);
  const arrives: HandoffOutcome = { kind: 'delivered', to: handoff.to, handoff, afterMs, copiesAfterMs: [] };
  return andThen(
    cross(world, crossing, () => arrives),
    ({ outcome, felt }) => ({ felt, events: eventsOf(world, command, outcome) }),
  );
}

function eventsOf(world: World, command: HandoffDeliver, outcome: HandoffOutcome): readonly LateEvent[] {
  switch (outcome.kind) {
    case 'lost':
      return [];
    case 'failed':
      return [failedAfter(world, command, outcome)];
    case 'delivered': {
      const { handoff, to, afterMs, copiesAfterMs } = outcome;
      const message = objection(world, handoff);
      if (message !== null) return [failedAfter(world, command, { how: 'refused', message, afterMs })];
      return [0, ...copiesAfterMs].map((laterMs): LateEvent => {
        const at = afterMs + laterMs;
        return {
          afterMs: at,
          event: {
            command: command.id,
            epoch: command.epoch,
            atMs: world.clock.now() + at,
            kind: 'handoff.delivered',
            to,
            handoff,
          },
        };
      });
    }
  }
}

function failedAfter(
  world: World,
  command: HandoffDeliver,
  failed: Pick<HandoffOutcome & { kind: 'failed' }, 'how' | 'message' | 'afterMs'>,
): LateEvent {
  const { how, message, afterMs } = failed;
  return {
    afterMs,
    event: {
      command: command.id,
      epoch: command.epoch,
      atMs: world.clock.now() + afterMs,
      kind: 'handoff.failed',
      how,
      message,
    },
  };
}

/** What the receiver's end finds wrong; a joining agent's input is checked when it is whole. */
function objection(world: World, handoff: Handoff): string | null {
  if (world.team.definition.agents[handoff.to]?.join === 'all') return null;
  return checkInput(world.team, handoff.to, handoff.payload);
}
