// The script: a model double whose answers are written by hand, agent by agent.
import { MusterError } from '../base/muster-error.ts';
import type { Random } from '../base/random.ts';
import type { ModelFailure } from '../team/ask.ts';
import type { Ask } from '../team/ask.ts';
import { completeAnswer, type AnswerDraft } from './answer-draft.ts';
import { unattributed } from './attribution.ts';
import type { ModelDouble } from './double.ts';
import { FailedCall } from './failed-call.ts';

/** The provider fails instead of answering. */
export interface ScriptedFailure {
  readonly failure: ModelFailure;
}

/** A function of the ask and of the stream of this call, never of the order in which calls arrive. */
export type ScriptFunction = (ask: Ask, random: Random) => AnswerDraft | ScriptedFailure;

export type ScriptStep = AnswerDraft | ScriptedFailure | ScriptFunction;

/** One step a turn, or a function for all turns. A retry is answered with the step of its turn again. */
export type AgentScript = readonly ScriptStep[] | ScriptFunction;

export interface ScriptParts {
  readonly name?: string;
  readonly agents: Readonly<Record<string, AgentScript>>;
  /** What a turn beyond the last step gets: the last step again (the default), or the error SCRIPT_ENDED. */
  readonly afterLast?: 'repeat' | 'fail';
}

/** Throws `MusterError`: SCRIPT_UNKNOWN_AGENT for an agent without a script, SCRIPT_ENDED when no step is left. */
export function script({ name = 'script', agents, afterLast = 'repeat' }: ScriptParts): ModelDouble {
  return {
    name,
    answer: (ask, random) => {
      const written = agents[ask.agent];
      if (written === undefined) throw unknownAgent(ask.agent, name, Object.keys(agents));
      const step = typeof written === 'function' ? written : stepOf(written, ask, afterLast);
      const drafted = typeof step === 'function' ? step(ask, random) : step;
      if ('failure' in drafted) throw new FailedCall(drafted.failure);
      return completeAnswer(ask, drafted);
    },
  };
}

/** A step in which the provider fails. */
export function failWith(failure: ModelFailure): ScriptedFailure {
  return { failure };
}

function stepOf(steps: readonly ScriptStep[], ask: Ask, afterLast: 'repeat' | 'fail'): ScriptStep {
  const step = steps[ask.turn - 1] ?? (afterLast === 'repeat' ? steps.at(-1) : undefined);
  if (step !== undefined) return step;
  throw new MusterError({
    code: 'SCRIPT_ENDED',
    message: `the script of agent '${ask.agent}' has ${steps.length} steps, and turn ${ask.turn} was asked for`,
    place: `agents.${ask.agent}`,
    hint: "add a step, or let the last one repeat with afterLast: 'repeat'",
  });
}

function unknownAgent(agent: string, name: string, known: readonly string[]): MusterError {
  return new MusterError({
    code: 'SCRIPT_UNKNOWN_AGENT',
    message: `the ${name} double has no script for this agent; it has: ${known.join(', ') || 'none'}`,
    value: agent,
    hint:
      agent === unattributed
        ? 'add an attribution rule that tells whose call this is'
        : `add agents.${agent} to the script`,
  });
}
