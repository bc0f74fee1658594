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
      return atOnce({
        command: command.id,
        epoch: command.epoch,
        atMs: world.clock.now() + 1,
        kind: 'credential.granted',
      });
    case 'credential.revoke':
      return atOnce({
        command: command.id,
        epoch: command.epoch,
        atMs: world.clock.now() + 1,
        kind: 'credential.revoked',
      });
    case 'notify':
      return atOnce({
        command: command.id,
        epoch: command.epoch,
        atMs: world.clock.now() + 1,
        kind: 'notified',
      });
    case 'timer.start':
      return { events: [], felt: [] };
  }
}

function atOnce(event: AnswerEvent): Performed {
  return { felt: [], events: [{ afterMs: 1, event }] };
}
