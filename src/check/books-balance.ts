// S5: no budget is ever passed, and the books say what really happened.
import type { TeamDefinition } from '../team/definition.ts';
import { totalTokens } from '../team/usage.ts';
import { checkDeadline } from './deadline-kept.ts';
import { openLedger, presume, reserve, settle, tokensUsed, type GhostLedger } from './ghost-ledger.ts';
import type { Invariant } from './invariant.ts';
import type { StoryEvent, TraceIndex } from './trace-index.ts';
import { broken, held, unknown, worst, type Ruling } from './verdict.ts';

export const budgetsHold: Invariant = {
  id: 'S5',
  sentence:
    'Spent, reserved and presumed tokens together stay within every limit, at every step; no work goes out after the deadline.',
  check(index) {
    const { team } = index.trace;
    return team === null
      ? unknown('the budgets of this team are not known')
      : worst(audit(index, team), checkDeadline(index, team));
  },
};

type BookEvent = StoryEvent<'books'>;
type Entry = Exclude<BookEvent, { readonly kind: 'model.called' | 'model.answered' | 'outside.accepted' }>;

/** What the audit has seen so far. `bills` are the totals of the answers that each call got. */
interface Ghost {
  readonly team: TeamDefinition;
  readonly ledgers: Map<string, GhostLedger>;
  readonly bills: Map<string, number[]>;
  /** The mission's budget was changed from outside: from then on its limit is what the books say. */
  limitMoved: boolean;
}

function audit(index: TraceIndex, team: TeamDefinition): Ruling {
  const ghost: Ghost = { team, ledgers: new Map(), bills: new Map(), limitMoved: false };
  for (const event of index.books) {
    const wrong = read(ghost, event);
    if (wrong !== null) return broken(wrong, event.seq);
  }
  return index.ends.length === 0 ? held : nothingLeftOpen(ghost, index);
}

function read(ghost: Ghost, event: BookEvent): string | null {
  switch (event.kind) {
    case 'model.called':
      return reservedFor(ghost, event.agent, event.call);
    case 'model.answered':
      bill(ghost, event.call, totalTokens(event.usage));
      return null;
    case 'outside.accepted':
      if (event.event === 'budget.changed') ghost.limitMoved = true;
      return null;
    case 'budget.reserved':
      return reserve(ledgerOf(ghost, event.agent), event.command, event.tokens) ?? compare(ghost, event);
    case 'budget.settled':
      return settledAsBilled(ghost, event) ?? compare(ghost, event);
    case 'budget.presumed':
      return presume(ledgerOf(ghost, event.agent), event.command, event.tokens) ?? compare(ghost, event);
    case 'budget.alerted':
    case 'budget.breached':
      return compare(ghost, event);
  }
}

function bill(ghost: Ghost, call: string, tokens: number): void {
  const bills = ghost.bills.get(call);
  if (bills === undefined) ghost.bills.set(call, [tokens]);
  else bills.push(tokens);
}

function settledAsBilled(ghost: Ghost, event: Entry & { readonly kind: 'budget.settled' }): string | null {
  const bills = ghost.bills.get(event.command) ?? [0];
  if (!bills.includes(event.tokens))
    return `${event.command} was settled at ${event.tokens} tokens, but its answer used ${bills.join(' or ')}`;
  return settle(ledgerOf(ghost, event.agent), event.command, event.tokens);
}

/** Nothing is asked of a model before its tokens are set aside, in the agent's books and in the mission's. */
function reservedFor(ghost: Ghost, agent: string, call: string): string | null {
  for (const owner of [agent, '*']) {
    const ledger = ghost.ledgers.get(owner);
    if (typeof ledger?.entries.get(call) !== 'number')
      return `${call} was dispatched without a reservation in the books of ${owner}`;
  }
  return null;
}

/** Holds the reported books against the ghost's, and both against the limit. */
function compare(ghost: Ghost, event: Entry): string | null {
  const ledger = ledgerOf(ghost, event.agent);
  const same =
    ledger.spent === event.tokensSpent &&
    ledger.reserved === event.tokensReserved &&
    ledger.presumed === event.tokensPresumed &&
    event.costMicros === costMicros(ghost.team, ledger.spent + ledger.presumed);
  if (!same) {
    const { spent, reserved, presumed } = ledger;
    return `the books of ${event.agent} differ from what happened: spent ${spent}, reserved ${reserved}, presumed ${presumed}`;
  }
  return withinLimit(ghost, event, tokensUsed(ledger));
}

function withinLimit(ghost: Ghost, event: Entry, used: number): string | null {
  const moved = event.agent === '*' && ghost.limitMoved;
  const limit = event.agent === '*' ? ghost.team.budget : ghost.team.agents[event.agent]?.budget;
  if (!moved && (event.tokensMax !== limit?.tokensMax || event.costMicrosMax !== limit.costMicrosMax))
    return `the limit of ${event.agent} is not the team's: ${event.tokensMax} tokens`;
  // A limit that was lowered below what is already spent binds new reservations only.
  if (moved && event.kind !== 'budget.reserved') return null;
  if (used > event.tokensMax) return `${event.agent} used ${used} of ${event.tokensMax} tokens`;
  const cost = costMicros(ghost.team, used);
  return cost > event.costMicrosMax
    ? `${event.agent} used ${cost} of ${event.costMicrosMax} micro-dollars`
    : null;
}

function nothingLeftOpen(ghost: Ghost, index: TraceIndex): Ruling {
  for (const [owner, ledger] of ghost.ledgers) {
    for (const [command, entry] of ledger.entries)
      if (entry !== 'closed')
        return broken(`the mission ended and ${owner} still holds tokens for ${command}`, index.ends[0]!.seq);
  }
  return held;
}

function ledgerOf(ghost: Ghost, owner: string): GhostLedger {
  const known = ghost.ledgers.get(owner);
  if (known !== undefined) return known;
  const ledger = openLedger();
  ghost.ledgers.set(owner, ledger);
  return ledger;
}

function costMicros(team: TeamDefinition, tokens: number): number {
  return Math.ceil((tokens * team.nanosPerToken) / 1000);
}
