// A ghost ledger: the books of one budget, kept a second time from the trace alone. Serves S5.

/** Whole tokens. `entries` holds each command's reservation while it is in flight, and `closed` once it is paid for. */
export interface GhostLedger {
  spent: number;
  reserved: number;
  presumed: number;
  readonly entries: Map<string, number | 'closed'>;
}

export function openLedger(): GhostLedger {
  return { spent: 0, reserved: 0, presumed: 0, entries: new Map() };
}

/** Sets tokens aside for a command. A sentence where that is wrong, else null. */
export function reserve(ledger: GhostLedger, command: string, tokens: number): string | null {
  if (ledger.entries.has(command)) return `${command} was reserved twice`;
  ledger.entries.set(command, tokens);
  ledger.reserved += tokens;
  return null;
}

/** Pays for a command with what it really used. */
export function settle(ledger: GhostLedger, command: string, tokens: number): string | null {
  const wrong = close(ledger, command, 'settled');
  if (wrong === null) ledger.spent += tokens;
  return wrong;
}

/** Counts what was set aside as spent; `tokens` must be just that. */
export function presume(ledger: GhostLedger, command: string, tokens: number): string | null {
  const setAside = ledger.entries.get(command);
  const wrong = close(ledger, command, 'presumed spent');
  if (wrong !== null) return wrong;
  ledger.presumed += tokens;
  return setAside === tokens
    ? null
    : `${command} had ${setAside} tokens set aside, and ${tokens} were presumed spent`;
}

function close(ledger: GhostLedger, command: string, how: string): string | null {
  const setAside = ledger.entries.get(command);
  if (setAside === undefined) return `${command} was ${how} without a reservation`;
  if (setAside === 'closed') return `${command} was ${how} after its reservation was closed`;
  ledger.entries.set(command, 'closed');
  ledger.reserved -= setAside;
  return null;
}

export function tokensUsed(ledger: GhostLedger): number {
  return ledger.spent + ledger.reserved + ledger.presumed;
}
