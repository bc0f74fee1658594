// Budgets: reserved before a call, settled by its answer, presumed spent when the answer is lost. Invariant S5.
import type { ModelAsk } from './command.ts';
import type { Desk } from './desk.ts';
import { issue, mint, teamOf } from './desk.ts';
import type { BudgetBooks, Note } from './note.ts';
import type { Ledger } from './state.ts';

/** Opens the books of a mission and each of its agents. */
export function openBooks(desk: Desk): void {
  const team = teamOf(desk.state);
  desk.state.budget = ledger(team.budget);
  for (const agent of Object.values(team.agents)) desk.state.budgets[agent.name] = ledger(agent.budget);
}

/** Sets tokens aside for a call; false, and nothing changed, when a limit would be passed. */
export function reserve(desk: Desk, agent: string, command: string, tokens: number): boolean {
  const books = booksOf(desk, agent);
  for (const { owner, book } of books) {
    const used = book.tokensSpent + book.tokensReserved + book.tokensPresumed + tokens;
    if (used > book.limit.tokensMax || costMicros(desk, used) > book.limit.costMicrosMax) {
      desk.notes.push({ ...report(desk, owner, book), kind: 'budget.breached', wanted: tokens });
      return false;
    }
  }
  for (const { owner, book } of books) {
    book.tokensReserved += tokens;
    desk.notes.push(booked(desk, { kind: 'budget.reserved', owner, book, command, tokens }));
    alert(desk, owner, book);
  }
  return true;
}

/** Books what a call really used. */
export function settle(desk: Desk, call: ModelAsk, tokens: number): void {
  for (const { owner, book } of booksOf(desk, call.agent)) {
    book.tokensReserved -= call.tokensReserved;
    book.tokensSpent += tokens;
    desk.notes.push(booked(desk, { kind: 'budget.settled', owner, book, command: call.id, tokens }));
  }
}

/** Counts a reservation as spent: the call may have been billed and nobody will say. */
export function presume(desk: Desk, call: ModelAsk): void {
  const tokens = call.tokensReserved;
  for (const { owner, book } of booksOf(desk, call.agent)) {
    book.tokensReserved -= tokens;
    book.tokensPresumed += tokens;
    desk.notes.push(booked(desk, { kind: 'budget.presumed', owner, book, command: call.id, tokens }));
  }
}

interface Booking {
  readonly kind: 'budget.reserved' | 'budget.settled' | 'budget.presumed';
  readonly owner: string;
  readonly book: Ledger;
  readonly command: string;
  readonly tokens: number;
}

/** Written out in full: these are the commonest notes, and a spread costs several times as much. */
function booked(desk: Desk, { kind, owner, book, command, tokens }: Booking): Note {
  return {
    kind,
    command,
    tokens,
    agent: owner,
    tokensSpent: book.tokensSpent,
    tokensReserved: book.tokensReserved,
    tokensPresumed: book.tokensPresumed,
    tokensMax: book.limit.tokensMax,
    costMicros: costMicros(desk, book.tokensSpent + book.tokensPresumed),
    costMicrosMax: book.limit.costMicrosMax,
  };
}

/** The agent's own books, and the mission's. */
function booksOf(desk: Desk, agent: string): readonly { readonly owner: string; readonly book: Ledger }[] {
  const { budget, budgets } = desk.state;
  return [
    { owner: agent, book: budgets[agent] as Ledger },
    { owner: '*', book: budget as Ledger },
  ];
}

function alert(desk: Desk, owner: string, book: Ledger): void {
  const used = book.tokensSpent + book.tokensReserved + book.tokensPresumed;
  if (book.alerted || used < book.limit.tokensMax * book.limit.alertAt) return;
  book.alerted = true;
  desk.notes.push({ ...report(desk, owner, book), kind: 'budget.alerted' });
  const who = owner === '*' ? 'the mission' : owner;
  issue(desk, {
    kind: 'notify',
    id: mint(desk, 'c'),
    epoch: desk.state.epoch,
    to: 'owner',
    about: 'budgetAlert',
    text: `${who} has used ${used} of ${book.limit.tokensMax} tokens`,
  });
}

function ledger(limit: Ledger['limit']): Ledger {
  return { limit, tokensSpent: 0, tokensReserved: 0, tokensPresumed: 0, alerted: false };
}

function costMicros(desk: Desk, tokens: number): number {
  return Math.ceil((tokens * teamOf(desk.state).nanosPerToken) / 1000);
}

function report(desk: Desk, agent: string, book: Ledger): BudgetBooks {
  return {
    agent,
    tokensSpent: book.tokensSpent,
    tokensReserved: book.tokensReserved,
    tokensPresumed: book.tokensPresumed,
    tokensMax: book.limit.tokensMax,
    costMicros: costMicros(desk, book.tokensSpent + book.tokensPresumed),
    costMicrosMax: book.limit.costMicrosMax,
  };
}
