// A question to a person in the simulated world.
import { arrivalMs } from '../../chaos/arrival.ts';
import { andThen, type NowOrLater } from '../../base/now-or-later.ts';
import { createRandom } from '../../base/random.ts';
import type { ApprovalOutcome } from '../../chaos/outcome.ts';
import type { ApprovalRequest } from '../../steward/command.ts';
import { cross, type Performed, type World } from './world.ts';

export function askHuman(world: World, command: ApprovalRequest): NowOrLater<Performed> {
  const crossing = { layer: 'approval', agent: command.agent, subject: command.name, attempt: 1 } as const;
  return andThen(
    cross(world, crossing, () => decide(world, command)),
    ({ outcome, felt }) => {
      const atMs = world.clock.now() + (arrivalMs(outcome) ?? 0);
      switch (outcome.kind) {
        case 'silent':
          return { felt, events: [] };
        case 'failed':
          return {
            felt,
            events: [
              {
                afterMs: outcome.afterMs,
                event: {
                  command: command.id,
                  epoch: command.epoch,
                  atMs,
                  kind: 'approval.failed',
                  message: outcome.message,
                },
              },
            ],
          };
        case 'decided': {
          const { decision, approver, afterMs } = outcome;
          const { contextVersion, fingerprint } = command;
          return {
            felt,
            events: [
              {
                afterMs,
                event: {
                  command: command.id,
                  epoch: command.epoch,
                  atMs,
                  kind: 'approval.decided',
                  decision,
                  approver,
                  contextVersion,
                  fingerprint,
                },
              },
            ],
          };
        }
      }
    },
  );
}

function decide(world: World, command: ApprovalRequest): ApprovalOutcome {
  const { agent, name, approvers, summary, fingerprint } = command;
  const answered = world.doubles.human({
    agent,
    name,
    approvers,
    summary,
    random: createRandom(world.seed, 'human', name, fingerprint),
  });
  if (answered === null) return { kind: 'silent' };
  const { decision, approver, afterMs } = answered;
  return { kind: 'decided', decision, approver, afterMs };
}
