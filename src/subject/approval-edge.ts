// The approval edge: a service that asks people, over HTTP; every question is a crossing.
import { fingerprint } from '../base/fingerprint.ts';
import type { Json, JsonObject } from '../base/json.ts';
import { createRandom } from '../base/random.ts';
import type { ApprovalOutcome } from '../chaos/outcome.ts';
import { agentHeader } from '../llm/attribution.ts';
import type { Handled, WireHandler } from '../llm/traffic/wire-traffic.ts';
import { jsonReply, type WireReply } from '../llm/wire/wire-reply.ts';
import type { HttpWorld } from './http-world.ts';
import type { LastSpeaker } from './last-speaker.ts';
import { routeRequest } from './route-request.ts';
import type { ApprovalRoute, RouteRequest } from './route.ts';
import { compileUrlPattern } from './url-pattern.ts';

export interface ApprovalEdgeParts {
  readonly world: HttpWorld;
  readonly route: ApprovalRoute;
  readonly speaker: LastSpeaker;
}

/** A question that was put. `answer` is null while nobody has answered. */
interface Question {
  answer: Extract<ApprovalOutcome, { kind: 'decided' | 'failed' }> | null;
  readonly waiters: (() => void)[];
}

/** When a person who never answers would have: long enough to be felt as silence. */
const usualMs = 600_000;

export function approvalEdge(parts: ApprovalEdgeParts): WireHandler {
  const base = parts.route.url.replace(/\/+$/, '');
  const asking = compileUrlPattern(`${base}/requests`);
  const looking = compileUrlPattern(`${base}/requests/:id`);
  const questions = new Map<string, Question>();
  return (request) => {
    const path = request.method === 'POST' ? asking(request.url) : null;
    if (path !== null) return ask(parts, questions, routeRequest(request, path));
    const found = request.method === 'GET' ? looking(request.url) : null;
    if (found === null) return null;
    const question = questions.get(found['id'] ?? '');
    if (question === undefined) return { reply: jsonReply(404, { error: 'no such request' }) };
    return look(question, request.url.searchParams.has('wait'));
  };
}

async function ask(
  parts: ApprovalEdgeParts,
  questions: Map<string, Question>,
  request: RouteRequest,
): Promise<Handled> {
  const { world, speaker } = parts;
  const { name: said, agent: sender, approvers, ...summary } = request.body ?? {};
  const agent = textOr(sender, request.headers.get(agentHeader) ?? speaker.of(null));
  const name = textOr(said, 'approval');
  const call = world.nextCall();
  const cause = world.log({ kind: 'approval.asked', call, agent, name });
  const question: Question = { answer: null, waiters: [] };
  questions.set(call, question);
  const { outcome, felt } = await world.touch<'approval'>({
    crossing: { layer: 'approval', agent, subject: name, attempt: 1 },
    cause,
    usualMs,
    real: () => decide(world, { agent, name, approvers: textsOf(approvers), summary }),
  });
  for (const { afterMs, happen } of felt) world.time.after(afterMs, happen);
  if (outcome.kind !== 'silent') {
    world.time.after(outcome.afterMs, () => {
      question.answer = outcome;
      if (outcome.kind === 'decided') {
        const { approver, decision } = outcome;
        world.log({ kind: 'approval.answered', call, approver, decision }, cause);
      }
      for (const wake of question.waiters.splice(0)) wake();
    });
  }
  return { reply: jsonReply(201, { id: call }) };
}

interface HumanCase {
  readonly agent: string;
  readonly name: string;
  readonly approvers: readonly string[];
  readonly summary: JsonObject;
}

function decide(world: HttpWorld, asked: HumanCase): ApprovalOutcome {
  const random = createRandom(world.seed, 'human', asked.name, fingerprint(asked.summary));
  const answer = world.doubles.human({ ...asked, random });
  return answer === null ? { kind: 'silent' } : { kind: 'decided', ...answer };
}

async function look(question: Question, waits: boolean): Promise<Handled> {
  if (waits && question.answer === null) await new Promise<void>((resolve) => question.waiters.push(resolve));
  return { reply: statusReply(question) };
}

const words = { approve: 'approved', reject: 'rejected' } as const;

function statusReply({ answer }: Question): WireReply {
  if (answer === null) return jsonReply(200, { status: 'pending' });
  if (answer.kind === 'failed') return jsonReply(503, { error: answer.message });
  return jsonReply(200, { status: words[answer.decision], approver: answer.approver });
}

function textOr(value: Json | undefined, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter((one) => typeof one === 'string') : [];
}
