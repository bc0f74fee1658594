// Planted bugs in what the steward must not trust: approvals, credentials, epochs and versions.
import type { PlantedBug } from './planted-bug.ts';

export const trustBugs: readonly PlantedBug[] = [
  {
    name: 'approval not bound to its version',
    story: 'a person approves, the context moves on, and the approval still counts',
    edits: [
      {
        file: 'steward/approvals.ts',
        find: 'if (approval.contextVersion === desk.state.contextVersion) return true;',
        replace: "if (approval.status !== 'outdated') return true;",
      },
    ],
  },
  {
    name: 'approval reused for another action',
    story: 'what was approved once is taken for a yes to the next action too',
    edits: [
      {
        file: 'steward/approvals.ts',
        find: 'if (approval === undefined || approval.fingerprint !== fingerprint) return false;',
        replace: 'if (approval === undefined || fingerprint === undefined) return false;',
      },
      {
        file: 'steward/tools.ts',
        find: '    approval: null,',
        replace: '    approval: desk.state.approvals.at(-1)?.id ?? null,',
      },
    ],
  },
  {
    name: 'approver not checked',
    story: 'anybody may approve',
    edits: [
      {
        file: 'steward/approvals.ts',
        find: "if (!command.approvers.includes(decision.approver)) return 'approver';",
        replace: '',
      },
    ],
  },
  {
    name: 'rejection taken for a yes',
    story: 'a person says no, and the action is taken',
    edits: [
      {
        file: 'steward/deciding.ts',
        find: "if (decision.decision === 'approve') advanceCall(desk, assignment, open);",
        replace: 'if (assignment.calls.length > 0) advanceCall(desk, assignment, open);',
      },
      {
        file: 'steward/approvals.ts',
        find: "approval.status = decision.decision === 'approve' ? 'approved' : 'rejected';",
        replace: "approval.status = 'approved';",
      },
    ],
  },
  {
    name: 'revoked credential used',
    story: 'a credential is withdrawn, and its agent goes on using it',
    edits: [{ file: 'steward/credentials.ts', find: "credential.status === 'live' && ", replace: '' }],
  },
  {
    name: 'credential left alive at the end',
    story: 'an agent is done, and keeps its credential',
    edits: [
      { file: 'steward/assignments.ts', find: 'revokeCredential(desk, assignment.credential);', replace: '' },
      {
        file: 'steward/ending.ts',
        find: 'for (const credential of state.credentials) revokeCredential(desk, credential.id);',
        replace: '',
      },
    ],
  },
  {
    name: 'wrong fence accepted',
    story: 'an answer to the process that died counts for the one that took over',
    edits: [
      { file: 'steward/step.ts', find: "if (event.epoch !== pending.epoch) return 'oldEpoch';", replace: '' },
    ],
  },
  {
    name: 'pinned version ignored',
    story: 'a version for later missions is used in the one that is running',
    edits: [
      {
        file: 'steward/assignments.ts',
        find: 'const version = state.pins[work.agent] ?? 1;',
        replace: 'const version = Math.max(...Object.keys(state.published[work.agent] ?? {}).map(Number));',
      },
    ],
  },
];
