// Credentials: granted to one assignment, for its scopes alone, and revoked when it closes. Invariant S8.
import { issue, mint, type Desk } from './desk.ts';
import type { Assignment } from './state.ts';
import { recordOf } from './records.ts';

export function requestCredential(desk: Desk, assignment: Assignment, scopes: readonly string[]): void {
  const credential = mint(desk, 'k');
  const { agent } = assignment;
  desk.state.credentials.push({
    id: credential,
    agent,
    assignment: assignment.id,
    scopes,
    status: 'granting',
  });
  assignment.credential = credential;
  issue(desk, {
    kind: 'credential.grant',
    id: mint(desk, 'c'),
    epoch: desk.state.epoch,
    credential,
    agent,
    assignment: assignment.id,
    scopes,
  });
}

export function credentialGranted(desk: Desk, id: string): void {
  const credential = recordOf(desk.state.credentials, id);
  if (credential === undefined || credential.status !== 'granting') return;
  credential.status = 'live';
  desk.notes.push({
    kind: 'credential.granted',
    credential: id,
    agent: credential.agent,
    scopes: credential.scopes,
  });
}

/** Takes a credential back; from this moment nothing is dispatched with it. */
export function revokeCredential(desk: Desk, id: string | null): void {
  const credential = recordOf(desk.state.credentials, id);
  if (credential === undefined || credential.status === 'revoking' || credential.status === 'revoked') return;
  const wasGranted = credential.status === 'live';
  credential.status = 'revoking';
  if (wasGranted)
    desk.notes.push({ kind: 'credential.revoked', credential: credential.id, agent: credential.agent });
  issue(desk, {
    kind: 'credential.revoke',
    id: mint(desk, 'c'),
    epoch: desk.state.epoch,
    credential: credential.id,
  });
}

export function credentialRevoked(desk: Desk, id: string): void {
  const credential = recordOf(desk.state.credentials, id);
  if (credential !== undefined) credential.status = 'revoked';
}

/** True when the assignment may use the scope now. */
export function mayUse(desk: Desk, assignment: Assignment, scope: string): boolean {
  const credential = recordOf(desk.state.credentials, assignment.credential);
  return credential !== undefined && credential.status === 'live' && credential.scopes.includes(scope);
}
