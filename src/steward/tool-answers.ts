// Tool answers: results are remembered, failures tried again, and what may have happened is looked into. Invariant S4.
import { fingerprint } from '../base/fingerprint.ts';
import type { Json } from '../base/json.ts';
import type { ToolDefinition } from '../team/tool.ts';
import type { ToolProbe, ToolUse } from './command.ts';
import { abandon, issue, mint, teamOf, type Desk } from './desk.ts';
import type { ToolProblem } from './event.ts';
import { openAssignment } from './pending.ts';
import { putRecord } from './records.ts';
import type { Assignment, OpenCall } from './state.ts';
import { backoffMs, cancelTimer, startTimer } from './timers.ts';
import { advanceCall, settleCall } from './tools.ts';

export function toolReturned(desk: Desk, command: ToolUse, result: Json): void {
  cancelTimer(desk, command.id);
  const tool = teamOf(desk.state).tools[command.call.name];
  if (tool !== undefined) remember(desk, command, tool, result);
  finishCall(desk, command, result, 'returned');
}

/** A tool said that it failed, or nobody knows: what may be repeated is, what may not is looked into. */
export function toolFailed(desk: Desk, command: ToolUse, problem: ToolProblem): void {
  cancelTimer(desk, command.id);
  const assignment = openAssignment(desk.state, command.assignment);
  const open = assignment?.calls.find((call) => call.command === command.id);
  const tool = teamOf(desk.state).tools[command.call.name];
  if (assignment === undefined || open === undefined || tool === undefined) return;
  if (command.effect === 'once' && problem.applied === 'unknown') {
    lookInto(desk, assignment, { command, open, tool });
  } else if (problem.retryable && open.attempt < tool.attemptsMax) {
    const waitMs = backoffMs(desk, open.attempt, 0);
    desk.notes.push({
      kind: 'retry.scheduled',
      agent: assignment.agent,
      what: 'tool',
      attempt: open.attempt + 1,
      waitMs,
    });
    open.status = 'waiting';
    startTimer(desk, 'toolRetry', `${assignment.id}/${open.command}`, desk.state.atMs + waitMs);
  } else {
    finishCall(desk, command, { error: problem.message }, 'failed');
  }
}

export function toolTimedOut(desk: Desk, command: ToolUse): void {
  abandon(desk, command.id);
  toolFailed(desk, command, { message: 'no reply in time', retryable: true, applied: 'unknown' });
}

/** The tool's own word on whether a key was applied settles a call in doubt; without it, a person must. */
export function toolProbed(
  desk: Desk,
  command: ToolProbe,
  found: 'applied' | 'absent' | 'unknown',
  result: Json,
): void {
  cancelTimer(desk, command.id);
  const assignment = openAssignment(desk.state, command.assignment);
  const open = assignment?.calls.find((call) => call.command === command.id);
  if (assignment === undefined || open === undefined) return;
  switch (found) {
    case 'applied':
      putRecord(desk.state.applied, { id: command.key, result });
      settleCall(open, result, 'returned');
      break;
    case 'absent':
      if (open.attempt < (teamOf(desk.state).tools[command.tool]?.attemptsMax ?? 1))
        advanceCall(desk, assignment, open);
      else settleCall(open, { error: `${command.tool} did not take effect` }, 'failed');
      break;
    case 'unknown':
      desk.agenda.push({
        kind: 'end',
        end: 'escalated',
        reason: `it is in doubt whether ${command.tool} took effect`,
      });
      return;
  }
  desk.agenda.push({ kind: 'continueTools', assignment });
}

/** Marks a `once` call as in doubt and asks the tool itself; used after a lost reply and after a crash. */
export function lookInto(
  desk: Desk,
  assignment: Assignment,
  doubt: { readonly command: ToolUse; readonly open: OpenCall; readonly tool: ToolDefinition },
): void {
  const { command, open, tool } = doubt;
  desk.notes.push({ kind: 'tool.inDoubt', agent: assignment.agent, tool: tool.name, key: command.key });
  if (!tool.probe) {
    desk.agenda.push({
      kind: 'end',
      end: 'escalated',
      reason: `it is in doubt whether ${tool.name} took effect`,
    });
    return;
  }
  const id = mint(desk, 'c');
  open.status = 'probing';
  open.command = id;
  issue(desk, {
    kind: 'tool.probe',
    id,
    epoch: desk.state.epoch,
    agent: assignment.agent,
    assignment: assignment.id,
    tool: tool.name,
    key: command.key,
  });
  startTimer(desk, 'toolTimeout', id, desk.state.atMs + tool.timeoutMs);
}

/** Gives a call its result; the turn goes on when all its calls have theirs. */
export function finishCall(desk: Desk, command: ToolUse, result: Json, how: 'returned' | 'failed'): void {
  const assignment = openAssignment(desk.state, command.assignment);
  const open = assignment?.calls.find((call) => call.command === command.id);
  if (assignment === undefined || open === undefined) return;
  settleCall(open, result, how);
  desk.agenda.push({ kind: 'continueTools', assignment });
}

function remember(desk: Desk, command: ToolUse, tool: ToolDefinition, result: Json): void {
  const { state } = desk;
  if (tool.effect !== 'pure') {
    putRecord(state.applied, { id: command.key, result });
  } else if (tool.factMs > 0 && !isEmpty(result)) {
    const fact = fingerprint({ name: command.call.name, arguments: command.call.arguments });
    putRecord(state.facts, { id: fact, tool: tool.name, result, foundBy: command.agent, atMs: state.atMs });
    desk.notes.push({ kind: 'fact.kept', tool: tool.name, fact, agent: command.agent });
  }
}

/** Nothing found is not a fact: it is looked for again. */
function isEmpty(result: Json): boolean {
  return result === null || result === '' || (typeof result === 'object' && Object.keys(result).length === 0);
}
