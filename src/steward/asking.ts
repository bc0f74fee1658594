// Asking a model: reserve, dispatch, settle; retry what may be retried; never wait without a timer.
import type { Answer, ModelFailure } from '../team/ask.ts';
import { totalTokens, type Usage } from '../team/usage.ts';
import { presume, reserve, settle } from './budgets.ts';
import type { ModelAsk } from './command.ts';
import { abandon, definitionOf, issue, mint, type Desk } from './desk.ts';
import { backoffMs, cancelTimer, startTimer } from './timers.ts';
import type { Assignment } from './state.ts';
import { openAssignment } from './pending.ts';

/** Asks for the assignment's next turn, or for the same turn again. */
export function ask(desk: Desk, assignment: Assignment): void {
  const { state } = desk;
  const agent = definitionOf(state, assignment.agent, assignment.version);
  if (assignment.turn >= agent.turnsMax) {
    desk.agenda.push({ kind: 'fail', assignment, reason: `no result after ${agent.turnsMax} turns` });
    return;
  }
  const id = mint(desk, 'c');
  if (!reserve(desk, agent.name, id, agent.tokensPerCallMax)) {
    desk.agenda.push({
      kind: 'end',
      end: 'escalated',
      reason: `budget of ${agent.name} or of the mission is used up`,
    });
    return;
  }
  assignment.phase = 'asking';
  assignment.attempt += 1;
  issue(desk, {
    kind: 'model.ask',
    id,
    epoch: state.epoch,
    agent: agent.name,
    version: agent.version,
    model: agent.model,
    assignment: assignment.id,
    turn: assignment.turn + 1,
    attempt: assignment.attempt,
    key: `${state.mission?.id}/${agent.name}@${agent.version}/${assignment.id}/r${assignment.rework}/t${assignment.turn + 1}/n${assignment.attempt}`,
    contextVersion: assignment.baseVersion,
    brief: {
      input: assignment.input,
      slice: assignment.slice,
      feedback: [...assignment.feedback],
      exchanges: [...assignment.exchanges],
    },
    tokensReserved: agent.tokensPerCallMax,
  });
  startTimer(desk, 'modelTimeout', id, state.atMs + agent.timeoutMs);
}

/** Takes a model's answer: a finished output goes to its gates, tool calls to the tools, a cut answer back to work. */
export function modelAnswered(desk: Desk, command: ModelAsk, answer: Answer): void {
  cancelTimer(desk, command.id);
  const billed = billedTokens(answer.usage);
  if (billed === null) presume(desk, command);
  else settle(desk, command, billed);
  const assignment = openAssignment(desk.state, command.assignment);
  if (assignment === undefined) return;
  assignment.tokens += billed ?? command.tokensReserved;
  assignment.turn += 1;
  assignment.attempt = 0;
  assignment.answer = answer;
  if (answer.toolCalls.length > 0) desk.agenda.push({ kind: 'useTools', assignment });
  else if (answer.finishReason === 'stop' && answer.refusal === undefined)
    desk.agenda.push({ kind: 'gate', assignment });
  else desk.agenda.push({ kind: 'rework', assignment, feedback: [unfinished(answer)] });
}

/** Books a failed call and asks again, if the failure may pass and tries are left. */
export function modelFailed(desk: Desk, command: ModelAsk, failure: ModelFailure): void {
  cancelTimer(desk, command.id);
  if (mayBeBilled(failure)) presume(desk, command);
  else settle(desk, command, 0);
  const assignment = openAssignment(desk.state, command.assignment);
  if (assignment === undefined) return;
  const { attemptsMax } = definitionOf(desk.state, assignment.agent, assignment.version);
  if (!failure.retryable || assignment.attempt >= attemptsMax) {
    desk.agenda.push({ kind: 'fail', assignment, reason: `model ${failure.reason}: ${failure.message}` });
    return;
  }
  const waitMs = backoffMs(desk, assignment.attempt, failure.retryAfterMs ?? 0);
  if (desk.state.atMs + waitMs > deadlineOf(desk)) {
    desk.agenda.push({
      kind: 'fail',
      assignment,
      reason: `model ${failure.reason}: it asks to wait ${waitMs} ms, past the mission's deadline`,
    });
    return;
  }
  desk.notes.push({
    kind: 'retry.scheduled',
    agent: assignment.agent,
    what: 'model',
    attempt: assignment.attempt + 1,
    waitMs,
  });
  startTimer(desk, 'modelRetry', assignment.id, desk.state.atMs + waitMs);
}

/** No answer in time: the call is given up, and may have been billed. */
export function modelTimedOut(desk: Desk, command: ModelAsk): void {
  abandon(desk, command.id);
  modelFailed(desk, command, { reason: 'timeout', message: 'no answer in time', retryable: true });
}

function deadlineOf({ state }: Desk): number {
  return state.startedAtMs + (state.budget?.limit.latencyMsMax ?? 0);
}

function mayBeBilled(failure: ModelFailure): boolean {
  return failure.reason === 'timeout' || failure.reason === 'cut' || failure.reason === 'reset';
}

/** Null for a bill that cannot be right: tokens are whole, and nobody gets any back. */
function billedTokens(usage: Usage): number | null {
  const { inputTokens, outputTokens } = usage;
  const whole = Number.isSafeInteger(inputTokens) && Number.isSafeInteger(outputTokens);
  return whole && inputTokens >= 0 && outputTokens >= 0 ? totalTokens(usage) : null;
}

function unfinished(answer: Answer): string {
  if (answer.refusal !== undefined) return `The answer was a refusal: ${answer.refusal}`;
  return answer.finishReason === 'length'
    ? 'The answer was cut off by its length limit.'
    : 'The answer was stopped by a content filter.';
}
