// Crossing events: what a dispatched command and its answer look like in the trace.
import type { Command, Obligation } from '../steward/command.ts';
import type { StewardEvent } from '../steward/event.ts';
import type { CrossingBody } from '../trace/event.ts';

/** The trace event of a dispatched command; null for commands that touch no crossing (timers, credentials, notices). */
export function calledBody(command: Command): CrossingBody | null {
  switch (command.kind) {
    case 'model.ask':
      return {
        kind: 'model.called',
        call: command.id,
        agent: command.agent,
        version: command.version,
        model: command.model,
        assignment: command.assignment,
        turn: command.turn,
        attempt: command.attempt,
        key: command.key,
        contextVersion: command.contextVersion,
        slice: command.brief.slice,
        feedback: command.brief.feedback,
        epoch: command.epoch,
      };
    case 'tool.use':
      return {
        kind: 'tool.called',
        call: command.id,
        agent: command.agent,
        version: command.version,
        assignment: command.assignment,
        tool: command.call.name,
        arguments: command.call.arguments,
        effect: command.effect,
        attempt: command.attempt,
        key: command.key,
        scope: command.scope,
        credential: command.credential,
        approval: command.approval,
        contextVersion: command.contextVersion,
        epoch: command.epoch,
      };
    case 'tool.probe':
      return {
        kind: 'tool.probed',
        call: command.id,
        agent: command.agent,
        tool: command.tool,
        key: command.key,
      };
    case 'gate.check': {
      const { agent, assignment, rework, gates } = command;
      return { kind: 'gate.called', call: command.id, agent, assignment, rework, gates };
    }
    case 'handoff.deliver': {
      const { id, from, to, payload, confidence, contextVersion, tokens } = command.handoff;
      return {
        kind: 'handoff.sent',
        call: command.id,
        handoff: id,
        from,
        to,
        attempt: command.attempt,
        payload,
        confidence,
        contextVersion,
        tokens,
      };
    }
    case 'approval.request':
      return { kind: 'approval.asked', call: command.id, agent: command.agent, name: command.name };
    case 'timer.start':
    case 'timer.cancel':
    case 'credential.grant':
    case 'credential.revoke':
    case 'notify':
    case 'run.cancel':
    case 'finish':
      return null;
  }
}

/** The trace event of an answer; `command` is what was dispatched, also when the steward no longer waits for it. */
export function answeredBody(command: Obligation | undefined, event: StewardEvent): CrossingBody | null {
  switch (event.kind) {
    case 'model.answered': {
      const { content, toolCalls, finishReason, usage } = event.answer;
      return {
        kind: 'model.answered',
        call: event.command,
        agent: agentOf(command),
        content,
        toolCalls,
        finishReason,
        usage,
      };
    }
    case 'model.failed': {
      const { reason, status, message } = event.failure;
      return {
        kind: 'model.failed',
        call: event.command,
        agent: agentOf(command),
        reason,
        status: status ?? null,
        message,
      };
    }
    case 'tool.returned':
      return {
        kind: 'tool.returned',
        call: event.command,
        agent: agentOf(command),
        tool: toolOf(command),
        result: event.result,
      };
    case 'tool.failed':
      return {
        kind: 'tool.failed',
        call: event.command,
        agent: agentOf(command),
        tool: toolOf(command),
        message: event.problem.message,
      };
    case 'handoff.delivered': {
      const { id, from, payload } = event.handoff;
      return { kind: 'handoff.received', handoff: id, from, to: event.to, payload };
    }
    case 'handoff.failed': {
      if (command?.kind !== 'handoff.deliver') return null;
      const { id, from, to } = command.handoff;
      return { kind: 'handoff.rejected', handoff: id, from, to, message: event.message };
    }
    case 'gate.checked':
      return { kind: 'gate.answered', call: event.command, passed: event.passed };
    case 'approval.decided':
      return {
        kind: 'approval.answered',
        call: event.command,
        approver: event.approver,
        decision: event.decision,
      };
    case 'tool.probed':
    case 'gate.failed':
    case 'approval.failed':
    case 'timer.fired':
    case 'credential.granted':
    case 'credential.revoked':
    case 'notified':
    case 'mission.started':
    case 'context.edited':
    case 'budget.changed':
    case 'cancelled':
    case 'paused':
    case 'resumed':
    case 'agent.published':
    case 'agent.rolledBack':
    case 'credential.withdrawn':
    case 'loop.detected':
    case 'recovered':
      return null;
  }
}

function agentOf(command: Obligation | undefined): string {
  return command !== undefined && 'agent' in command ? command.agent : '';
}

function toolOf(command: Obligation | undefined): string {
  return command?.kind === 'tool.use' ? command.call.name : '';
}
