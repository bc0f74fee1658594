// Performing: each command goes to its part of the world.
import type { NowOrLater } from '../../base/now-or-later.ts';
import type { Obligation } from '../../steward/command.ts';
import type { AnswerEvent } from '../../steward/event.ts';
import { checkGate } from './gate.ts';
import { deliverHandoff } from './handoff.ts';
import { askHuman } from './human.ts';
import { askModel } from './model.ts';
import { probeTool, useTool } from './tool.ts';
import { type Performed, type World } from './world.ts';

/** `cause` is the trace event of the command. Timers are the engine's own affair. */
export function perform(world: World, command: Obligation, cause: number): NowOrLater<Performed> {
  switch (command.kind) {
    case 'model.ask':
      return askModel(world, command);
    case 'tool.use':
      return useTool(world, command, cause);
    case 'tool.probe':
      return probeTool(world, command);
    case 'gate.check':
      return checkGate(world, command);
    case 'handoff.deliver':
      return deliverHandoff(world, command);
    case 'approval.request':
      return askHuman(world, command);
    case 'credential.grant':
      return acknowledged(world, command, 'credential.granted');
    case 'credential.revoke':
      return acknowledged(world, command, 'credential.revoked');
    case 'notify':
      return acknowledged(world, command, 'notified');
    case 'timer.start':
      return { events: [], felt: [] };
  }
}

/** What is done as soon as it is asked for: a millisecond later it has happened. */
function acknowledged(
  world: World,
  { id, epoch }: Obligation,
  kind: 'credential.granted' | 'credential.revoked' | 'notified',
): Performed {
  const event: AnswerEvent = { command: id, epoch, atMs: world.clock.now() + 1, kind };
  return { felt: [], events: [{ afterMs: 1, event }] };
}
