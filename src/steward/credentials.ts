// Credentials: granted to one assignment, for its scopes alone, and revoked when it closes. Invariant S8.
import { issue, mint, type Desk } from './desk.ts';
import type { Assignment, Credential } from './state.ts';

export function requestCredential(desk: Desk, assignment: Assignment, scopes: readonly string[]): void {
  const credential = mint(desk, 'k');
  const { agent } = assignment;
  desk.state.credentials[credential] = {
    id: credential,
    agent,
    assignment: assignment.id,
    scopes,
    status: 'granting',
  };
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

export function credentialGranted(desk: Desk, id: string): Credential | undefined {
  const credential = desk.state.credentials[id];
  if (credential === undefined || credential.status !== 'granting') return undefined;
  credential.status = 'live';
  desk.notes.push({
    kind: 'credential.granted',
    credential: id,
    agent: credential.agent,
    scopes: credential.scopes,
  });
  return credential;
}

/** Takes a credential back; from this moment nothing is dispatched with it. */
export function revokeCredential(desk: Desk, id: string | null): void {
  const credential = id === null ? undefined : desk.state.credentials[id];
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
  const credential = desk.state.credentials[id];
  if (credential !== undefined) credential.status = 'revoked';
}

/** True when the assignment may use the scope now. */
export function mayUse(desk: Desk, assignment: Assignment, scope: string): boolean {
  const credential =
    assignment.credential === null ? undefined : desk.state.credentials[assignment.credential];
  return credential !== undefined && credential.status === 'live' && credential.scopes.includes(scope);
}
