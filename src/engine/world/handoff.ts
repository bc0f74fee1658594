// A handoff in the simulated world: the receiver's end checks what arrives, and says so.
import { andThen, type NowOrLater } from '../../base/now-or-later.ts';
import type { HandoffOutcome } from '../../chaos/outcome.ts';
import type { HandoffDeliver } from '../../steward/command.ts';
import { checkInput } from '../../team/output-check.ts';
import { cross, paceMs, reference, type LateEvent, type Performed, type World } from './world.ts';

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
  const to = reference(world, command);
  if (outcome.kind === 'lost') return [];
  if (outcome.kind === 'failed')
    return [
      {
        afterMs: outcome.afterMs,
        event: { ...to, kind: 'handoff.failed', how: outcome.how, message: outcome.message },
      },
    ];
  const { handoff, afterMs } = outcome;
  const problem =
    world.team.definition.agents[handoff.to]?.join === 'all'
      ? null
      : checkInput(world.team, handoff.to, handoff.payload);
  if (problem !== null)
    return [{ afterMs, event: { ...to, kind: 'handoff.failed', how: 'refused', message: problem } }];
  return [0, ...outcome.copiesAfterMs].map((laterMs) => ({
    afterMs: afterMs + laterMs,
    event: { ...to, kind: 'handoff.delivered', to: outcome.to, handoff },
  }));
}
