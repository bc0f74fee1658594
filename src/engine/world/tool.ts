// A tool call in the simulated world: the effect happens once the world is reached, whatever becomes of the reply.
import { andThen, type NowOrLater } from '../../base/now-or-later.ts';
import type { Json } from '../../base/json.ts';
import { createRandom } from '../../base/random.ts';
import type { ToolOutcome } from '../../chaos/outcome.ts';
import type { ToolProbe, ToolUse } from '../../steward/command.ts';
import type { AnswerEvent } from '../../steward/event.ts';
import { cross, paceMs, type Performed, type World } from './world.ts';

export function useTool(world: World, command: ToolUse, cause: number): NowOrLater<Performed> {
  const crossing = {
    layer: 'tool',
    agent: command.agent,
    subject: command.call.name,
    attempt: command.attempt,
  } as const;
  return andThen(
    cross(world, crossing, () => run(world, command, cause)),
    ({ outcome, felt }) => ({
      felt,
      events:
        outcome.kind === 'silent'
          ? []
          : [{ afterMs: outcome.afterMs, event: eventOf(world, command, outcome) }],
    }),
  );
}

/** Asks the tool whether a key took effect. */
export function probeTool(world: World, command: ToolProbe): Performed {
  const done = world.ledger.has(command.key);
  const afterMs = paceMs(world, 'toolMs', `${command.key}/probe`);
  const event: AnswerEvent = {
    command: command.id,
    epoch: command.epoch,
    atMs: world.clock.now() + afterMs,
    kind: 'tool.probed',
    found: done ? 'applied' : 'absent',
    result: world.ledger.get(command.key) ?? null,
  };
  return { felt: [], events: [{ afterMs, event }] };
}

function run(world: World, command: ToolUse, cause: number): NowOrLater<ToolOutcome> {
  const afterMs = paceMs(world, 'toolMs', `${command.key}/${command.attempt}`);
  const known = world.ledger.get(command.key);
  if (command.effect === 'idempotent' && known !== undefined)
    return { kind: 'returned', result: known, afterMs };
  return andThen(call(world, command), (done) => {
    if ('error' in done)
      return { kind: 'failed', message: done.error, status: 0, retryable: false, applied: 'no', afterMs };
    if (command.effect !== 'pure') apply(world, command, { result: done.result, cause });
    return { kind: 'returned', result: done.result, afterMs };
  });
}

type Done = { readonly result: Json } | { readonly error: string };

/** A tool that throws has failed: that is data for the team. A tool nobody doubles is one as well. */
function call(world: World, command: ToolUse): NowOrLater<Done> {
  const double = world.doubles.tools[command.call.name];
  if (double === undefined) return { error: `no double stands in for ${command.call.name}` };
  const request = {
    agent: command.agent,
    tool: command.call.name,
    arguments: command.call.arguments,
    key: command.key,
    atMs: world.clock.now(),
    random: createRandom(world.seed, 'tool', command.key),
    store: world.store,
  };
  try {
    const result = double(request);
    if (!(result instanceof Promise)) return { result };
    return result.then(
      (value): Done => ({ result: value }),
      (error: unknown): Done => ({ error: messageOf(error) }),
    );
  } catch (error) {
    return { error: messageOf(error) };
  }
}

function apply(
  world: World,
  command: ToolUse,
  done: { readonly result: Json; readonly cause: number },
): void {
  world.ledger.set(command.key, done.result);
  const { call: toolCall, key, effect } = command;
  world.recorder.add(
    { kind: 'tool.applied', tool: toolCall.name, key, effect, arguments: toolCall.arguments },
    world.clock.now(),
    done.cause,
  );
}

function eventOf(
  world: World,
  command: ToolUse,
  outcome: Exclude<ToolOutcome, { kind: 'silent' }>,
): AnswerEvent {
  const atMs = world.clock.now() + outcome.afterMs;
  if (outcome.kind === 'returned')
    return { command: command.id, epoch: command.epoch, atMs, kind: 'tool.returned', result: outcome.result };
  const { message, retryable, applied } = outcome;
  return {
    command: command.id,
    epoch: command.epoch,
    atMs,
    kind: 'tool.failed',
    problem: { message, retryable, applied },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
