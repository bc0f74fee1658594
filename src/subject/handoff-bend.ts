// Handoffs in answers: a transfer that a model asks for is a crossing, and what chaos makes of it shows in the answer.
import { andThen, type NowOrLater } from '../base/now-or-later.ts';
import { arrivalMs } from '../chaos/arrival.ts';
import type { HandoffOutcome, ModelOutcome } from '../chaos/outcome.ts';
import type { Answer, Ask, ToolCall } from '../team/ask.ts';
import { confidenceIn, sendingsIn, transferTarget, type HandoffSign, type Sending } from './handoff-sign.ts';
import type { HttpWorld, Touched } from './http-world.ts';

type Answered = Extract<ModelOutcome, { readonly kind: 'answered' }>;

export interface BendParts {
  readonly world: HttpWorld;
  readonly signs: readonly HandoffSign[];
  /** The agent that a tool or an argument means. */
  readonly agentNamed: (name: string) => string;
  readonly ask: Ask;
  /** The trace event of the model call. */
  readonly cause: number;
}

/**
 * Asks chaos about each transfer. One that is lost or fails is not asked for any more, as by a model that forgot it; one that
 * goes to another agent calls that agent's tool; a copy is one more call; a delay is the answer's.
 */
export function bendHandoffs(parts: BendParts, touched: Touched<'llm'>): NowOrLater<Touched<'llm'>> {
  const { outcome } = touched;
  if (outcome.kind !== 'answered' || outcome.delivery.end.kind !== 'complete') return touched;
  let bent: NowOrLater<Touched<'llm'>> = touched;
  for (const call of outcome.answer.toolCalls)
    for (const sign of parts.signs) {
      const sending = sendingIn(sign, parts.ask, { ...outcome.answer, content: '', toolCalls: [call] });
      if (sending === null) continue;
      bent = andThen(bent, (before) => bendOne(parts, before, { call, sign, sending }));
      break;
    }
  return bent;
}

/** A router's word for the next agent is content, and belongs to the faults of content. */
function sendingIn(sign: HandoffSign, { agent }: Ask, answer: Answer): Sending | null {
  if (typeof sign === 'object' && 'router' in sign) return null;
  return sendingsIn(sign, agent, answer)[0] ?? null;
}

interface Transfer {
  readonly call: ToolCall;
  readonly sign: HandoffSign;
  readonly sending: Sending;
}

function bendOne(parts: BendParts, before: Touched<'llm'>, transfer: Transfer): NowOrLater<Touched<'llm'>> {
  const { world, ask, cause } = parts;
  const answered = before.outcome as Answered;
  const usualMs = arrivalMs(answered) ?? 0;
  const to = parts.agentNamed(transfer.sending.to);
  const touched = world.touch<'handoff'>({
    crossing: { layer: 'handoff', agent: ask.agent, subject: `${ask.agent}->${to}`, attempt: ask.attempt },
    cause,
    usualMs,
    real: () => delivered(parts, transfer, { to, afterMs: usualMs }),
  });
  return andThen(touched, ({ outcome, felt }: Touched<'handoff'>): Touched<'llm'> => {
    const calls = callsFor(parts, transfer, { to, outcome });
    const isSame = calls.length === 1 && calls[0] === transfer.call;
    const lateMs = outcome.kind === 'lost' ? 0 : Math.max(0, outcome.afterMs - usualMs);
    const { answer, delivery } = answered;
    return {
      felt: [...before.felt, ...felt],
      outcome: {
        ...answered,
        answer: isSame ? answer : withCalls(answer, transfer.call, calls),
        delivery: lateMs === 0 ? delivery : { ...delivery, latencyMs: delivery.latencyMs + lateMs },
      },
    };
  });
}

function delivered(
  { world, ask }: BendParts,
  { call, sending }: Transfer,
  { to, afterMs }: { readonly to: string; readonly afterMs: number },
): HandoffOutcome {
  const atMs = world.time.now();
  const handoff = {
    id: call.id,
    mission: world.mission,
    from: ask.agent,
    fromVersion: 1,
    to,
    payload: sending.payload,
    confidence: confidenceIn(sending.payload) ?? 1,
    flags: [],
    contextVersion: 0,
    tokens: 0,
    startedAtMs: atMs,
    sentAtMs: atMs,
  };
  return { kind: 'delivered', to, handoff, afterMs, copiesAfterMs: [] };
}

interface Crossed {
  /** Whom the model meant. */
  readonly to: string;
  readonly outcome: HandoffOutcome;
}

/** The calls that take the place of the transfer's. */
function callsFor(parts: BendParts, transfer: Transfer, { to, outcome }: Crossed): readonly ToolCall[] {
  if (outcome.kind !== 'delivered') return [];
  const { call, sending } = transfer;
  const { payload } = outcome.handoff;
  const { id, name } = call;
  const said = payload === sending.payload ? call : { id, name, arguments: payload };
  const sent = outcome.to === to ? said : redirected(parts, { ...transfer, call: said }, outcome.to);
  const copies = outcome.copiesAfterMs.map((_afterMs, index) => ({ ...sent, id: `${sent.id}-${index + 2}` }));
  return [sent, ...copies];
}

/** Where the team has no tool for that agent, the model calls one that is not there. */
function redirected({ ask, signs, agentNamed }: BendParts, { call, sign }: Transfer, to: string): ToolCall {
  if (typeof sign === 'object' && 'toArgument' in sign)
    return { ...call, arguments: { ...call.arguments, [sign.toArgument]: to } };
  const offered = ask.tools.find(({ name }) => {
    const target = transferTarget(name);
    return target !== null && agentNamed(target) === to;
  });
  const declared = signs.find((one) => typeof one === 'object' && 'to' in one && one.to === to);
  const name = offered?.name ?? (typeof declared === 'object' && 'tool' in declared ? declared.tool : null);
  return { ...call, name: name ?? `transfer_to_${to}` };
}

function withCalls(answer: Answer, call: ToolCall, calls: readonly ToolCall[]): Answer {
  const toolCalls = answer.toolCalls.flatMap((one) => (one === call ? calls : [one]));
  return { ...answer, toolCalls, ...(toolCalls.length === 0 ? { finishReason: 'stop' } : {}) };
}
