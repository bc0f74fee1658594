// Expiry: what a timer that fires means for what it watched. Invariants L1, L2.
import { modelTimedOut } from './asking.ts';
import type { TimerStart } from './command.ts';
import { approvalExpired } from './deciding.ts';
import type { Desk } from './desk.ts';
import { endMission } from './ending.ts';
import { gateTimedOut } from './gating.ts';
import { dropPending, openAssignment, pendingCommand } from './pending.ts';
import { handoffTimedOut, redeliver } from './routing.ts';
import { toolProbed, toolTimedOut } from './tool-answers.ts';
import { advanceCall } from './tools.ts';

export function timerFired(desk: Desk, timer: TimerStart): void {
  const watched = pendingCommand(desk.state, timer.watches);
  switch (timer.purpose) {
    case 'modelTimeout':
      return watched?.kind === 'model.ask' ? modelTimedOut(desk, watched) : undefined;
    case 'toolTimeout':
      if (watched?.kind === 'tool.use') return toolTimedOut(desk, watched);
      return watched?.kind === 'tool.probe' ? probeTimedOut(desk, watched.id) : undefined;
    case 'handoffTimeout':
      return watched?.kind === 'handoff.deliver' ? handoffTimedOut(desk, watched) : undefined;
    case 'gateTimeout':
      return watched?.kind === 'gate.check' ? gateTimedOut(desk, watched) : undefined;
    case 'approvalExpiry':
      return watched?.kind === 'approval.request' ? approvalExpired(desk, watched) : undefined;
    case 'missionDeadline':
      return endMission(desk, 'escalated', 'the latency budget of the mission is used up');
    case 'agentDeadline':
      return agentTooLate(desk, timer.watches.slice(0, -'/deadline'.length));
    case 'modelRetry':
      return retryModel(desk, timer.watches);
    case 'toolRetry':
      return retryTool(desk, timer.watches);
    case 'handoffRetry':
      return redeliver(desk, timer.watches);
  }
}

function agentTooLate(desk: Desk, id: string): void {
  const agent = openAssignment(desk.state, id)?.agent;
  if (agent !== undefined) endMission(desk, 'escalated', `the latency budget of ${agent} is used up`);
}

function retryModel(desk: Desk, id: string): void {
  const assignment = openAssignment(desk.state, id);
  if (assignment !== undefined) desk.agenda.push({ kind: 'ask', assignment });
}

function retryTool(desk: Desk, watches: string): void {
  const slash = watches.indexOf('/');
  const assignment = openAssignment(desk.state, watches.slice(0, slash));
  const open = assignment?.calls.find((candidate) => candidate.command === watches.slice(slash + 1));
  if (assignment === undefined || open === undefined) return;
  advanceCall(desk, assignment, open);
  desk.agenda.push({ kind: 'continueTools', assignment });
}

function probeTimedOut(desk: Desk, id: string): void {
  const command = pendingCommand(desk.state, id);
  if (command?.kind !== 'tool.probe') return;
  dropPending(desk.state, id);
  desk.commands.push({ kind: 'run.cancel', id });
  toolProbed(desk, command, 'unknown', null);
}
