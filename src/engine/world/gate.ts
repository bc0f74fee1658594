// A gate check in the simulated world: schema and quality gates run for real, chaos may overrule or silence them.
import { arrivalMs } from '../../chaos/arrival.ts';
import { andThen, type NowOrLater } from '../../base/now-or-later.ts';
import type { GateCheck } from '../../steward/command.ts';
import { checkOutput } from '../../team/output-check.ts';
import { cross, type Performed, type World } from './world.ts';

const gateMs = 20;

export function checkGate(world: World, command: GateCheck): NowOrLater<Performed> {
  const crossing = {
    layer: 'gate',
    agent: command.agent,
    subject: command.gates.join(',') || 'schema',
    attempt: command.attempt,
  } as const;
  const finding = checkOutput(world.team, {
    agent: command.agent,
    content: command.content,
    gates: command.gates,
    input: command.brief.input,
    slice: command.brief.slice,
    toolResults: command.brief.exchanges.map(({ call, result, failed }) => ({
      tool: call.name,
      result,
      failed,
    })),
    atMs: world.clock.now(),
  });
  const { passed, feedback, reply } = finding;
  return andThen(
    cross(world, crossing, () => ({ kind: 'checked' as const, passed, feedback, afterMs: gateMs })),
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
                  kind: 'gate.failed',
                  message: outcome.message,
                },
              },
            ],
          };
        case 'checked':
          return {
            felt,
            events: [
              {
                afterMs: outcome.afterMs,
                event: {
                  command: command.id,
                  epoch: command.epoch,
                  atMs,
                  kind: 'gate.checked',
                  passed: outcome.passed,
                  reply,
                  feedback: outcome.feedback,
                },
              },
            ],
          };
      }
    },
  );
}
