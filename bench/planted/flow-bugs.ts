// Planted bugs in how work flows: gates, rework, retries, handoffs, timers and ends.
import type { PlantedBug } from './planted-bug.ts';

export const flowBugs: readonly PlantedBug[] = [
  {
    name: 'skipped gate',
    story: 'the first quality gate of every agent is never asked',
    edits: [
      { file: 'steward/gating.ts', find: 'gates: agent.gates,', replace: 'gates: agent.gates.slice(1),' },
    ],
  },
  {
    name: 'rejected work goes on',
    story: 'a gate says no, and the work is taken all the same',
    edits: [
      {
        file: 'steward/gating.ts',
        find: 'if (finding.passed && finding.reply !== null) {',
        replace: 'if (finding.reply !== null) {',
      },
    ],
  },
  {
    name: 'lost rework feedback',
    story: 'work is sent back, and the agent is not told why',
    edits: [
      {
        file: 'steward/gating.ts',
        find: 'assignment.feedback = [...assignment.feedback, ...feedback];',
        replace: '',
      },
    ],
  },
  {
    name: 'rework limit off',
    story: 'work is sent back for ever',
    edits: [
      {
        file: 'steward/gating.ts',
        find: 'if (assignment.rework >= reworksMax) {',
        replace: 'if (assignment.rework > reworksMax * 2) {',
      },
    ],
  },
  {
    name: 'retry limit off by one',
    story: 'a model is tried once more than allowed',
    edits: [
      {
        file: 'steward/asking.ts',
        find: 'assignment.attempt >= attemptsMax',
        replace: 'assignment.attempt > attemptsMax',
      },
    ],
  },
  {
    name: 'escalation swallowed',
    story: 'work that its own agent is not sure of goes on without a person',
    edits: [
      {
        file: 'steward/gating.ts',
        find: 'if (reply.confidence >= agent.confidenceMin) {',
        replace: 'if (reply.confidence >= 0) {',
      },
    ],
  },
  {
    name: 'failure kept quiet',
    story: 'an optional agent fails, and the mission says that all is done',
    edits: [
      {
        file: 'steward/assignments.ts',
        find: 'desk.state.degraded.push(`${agent.name}: ${reason}`);',
        replace: '',
      },
    ],
  },
  {
    name: 'done without its deliverables',
    story: 'nobody has anything left to do, and what was promised is not there',
    edits: [
      {
        file: 'steward/ending.ts',
        find: 'if (missing.length > 0)',
        replace: 'if (missing.length > 99)',
      },
    ],
  },
  {
    name: 'loop guard off',
    story: 'an agent may ask for the same thing again and again',
    edits: [
      {
        file: 'steward/loop-guard.ts',
        find: "if (count < max) return 'fine';",
        replace: "if (max > 0) return 'fine';",
      },
    ],
  },
  {
    name: 'exchange guard off',
    story: 'two agents may hand the work back and forth for as long as they like',
    edits: [
      {
        file: 'steward/loop-guard.ts',
        find: "if (count <= 2 * teamOf(desk.state).limits.exchangesMax) return 'fine';",
        replace: "if (count <= 999) return 'fine';",
      },
    ],
  },
  {
    name: 'detected loops are ignored',
    story: 'somebody says that agents go round, and the steward does not listen',
    edits: [
      {
        file: 'steward/outside.ts',
        find: '      return loopDetected(desk, event);',
        replace: '      return event.agents.length > 99 ? loopDetected(desk, event) : undefined;',
      },
    ],
  },
  {
    name: 'paused work goes on',
    story: 'the team is to stop, and new work is sent out all the same',
    edits: [
      {
        file: 'steward/desk.ts',
        find: "if (desk.state.status === 'paused') desk.state.held.push(obligation.id);",
        replace: "if (desk.state.status === 'idle') desk.state.held.push(obligation.id);",
      },
    ],
  },
  {
    name: 'mission deadline ignored',
    story: 'the time of the mission is up, and the team works on',
    edits: [
      {
        file: 'steward/expiry.ts',
        find: "return endMission(desk, 'escalated', 'the latency budget of the mission is used up');",
        replace: "return timer.atMs < 0 ? endMission(desk, 'escalated', 'never') : undefined;",
      },
    ],
  },
  {
    name: 'misrouted handoff accepted',
    story: 'a handoff reaches the wrong agent, and the right one is started as if it had it',
    edits: [
      {
        file: 'steward/routing.ts',
        find: 'if (receipt.to !== handoff.to || !sameEnvelope(receipt.handoff, handoff)) {',
        replace: 'if (!sameEnvelope(receipt.handoff, handoff)) {',
      },
    ],
  },
  {
    name: 'altered envelope accepted',
    story: 'another envelope arrives than was sent, and nobody minds',
    edits: [
      {
        file: 'steward/routing.ts',
        find: 'if (receipt.to !== handoff.to || !sameEnvelope(receipt.handoff, handoff)) {',
        replace: 'if (receipt.to !== handoff.to) {',
      },
    ],
  },
  {
    name: 'join that does not wait',
    story: 'an agent that joins several others starts on the first of them',
    edits: [
      {
        file: 'steward/routing.ts',
        find: 'if (senders.every((sender)',
        replace: 'if (senders.some((sender)',
      },
    ],
  },
  {
    name: 'timer not cancelled',
    story: 'an answer comes, and the timeout of its call goes on ticking',
    edits: [
      {
        file: 'steward/tool-answers.ts',
        find: `export function toolReturned(desk: Desk, command: ToolUse, result: Json): void {
  cancelTimer(desk, command.id);`,
        replace: 'export function toolReturned(desk: Desk, command: ToolUse, result: Json): void {',
      },
    ],
  },
  {
    name: 'zombie timer after a crash',
    story: 'recovery revives the timeout of a call that it gives up',
    edits: [
      {
        file: 'steward/outside.ts',
        find: 'if (pendingCommand(state, command.id) === undefined) continue;',
        replace: '',
      },
    ],
  },
  {
    name: 'held work forgotten',
    story: 'what a pause held back is not sent when the team may go on',
    edits: [
      {
        file: 'steward/outside.ts',
        find: `    putPending(state, now);
    desk.commands.push(now);`,
        replace: '    putPending(state, now);',
      },
    ],
  },
  {
    name: 'cancel that leaves a call pending',
    story: 'the mission is over, and a tool call of it is still waited for',
    edits: [
      {
        file: 'steward/ending.ts',
        find: "const dropped = state.pending.filter((command) => command.kind !== 'credential.revoke');",
        replace: `const dropped = state.pending.filter(
    (command) => command.kind !== 'credential.revoke' && command.kind !== 'tool.use',
  );`,
      },
      {
        file: 'steward/ending.ts',
        find: "state.pending = state.pending.filter((command) => command.kind === 'credential.revoke');",
        replace: `state.pending = state.pending.filter(
    (command) => command.kind === 'credential.revoke' || command.kind === 'tool.use',
  );`,
      },
    ],
  },
  {
    name: 'work sent out after the end',
    story: 'a step asks for something, ends the mission, and sends what it had asked for all the same',
    edits: [
      {
        file: 'steward/step.ts',
        find: 'return { commands: outgoing(desk), notes: desk.notes };',
        replace: 'return { commands: desk.commands, notes: desk.notes };',
      },
    ],
  },
  {
    name: 'audit gap',
    story: 'an event is taken in, and the trail does not say so',
    edits: [
      {
        file: 'steward/step.ts',
        find: "desk.notes.push({ kind: 'outside.accepted', event: event.kind });",
        replace: '',
      },
    ],
  },
];
