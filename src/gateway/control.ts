// The control API: what a run is given, told over HTTP by whoever has the token.
import { MusterError } from '../base/muster-error.ts';
import type { Json } from '../base/json.ts';
import { readJson } from '../base/json-text.ts';
import { isSameSecret } from '../base/secret.ts';
import { parsePlan } from '../chaos/parse-plan.ts';
import type { ModelRequest } from '../llm/double.ts';
import type { Handled } from '../llm/traffic/wire-traffic.ts';
import { jsonReply } from '../llm/wire/wire-reply.ts';
import type { Caller } from './listener.ts';
import { scriptSetup } from './script-setup.ts';
import { controlRefusal } from './refusal.ts';
import type { Runs } from './runs.ts';

export interface ControlParts {
  readonly runs: Runs;
  readonly token: string;
  readonly shutdown: () => void;
}

interface Order {
  readonly parts: ControlParts;
  readonly run: string;
  readonly request: ModelRequest;
}

/** By method and what follows the control URL. */
const orders: Readonly<Record<string, (order: Order) => Json>> = {
  'GET /runs': ({ parts: { runs } }) => ({
    runs: runs.list().map((run) => ({ name: run.name, requests: run.journal.count, armed: run.isArmed })),
    forgotten: runs.forgotten,
  }),
  'POST /script': (order) => {
    const setup = scriptSetup(bodyOf(order), 'script');
    runOf(order).give(setup);
    return { loaded: Object.keys(setup), reset: true };
  },
  'POST /plan': (order) => {
    const run = runOf(order);
    const { agents } = run.setup;
    const plan = parsePlan(bodyOf(order), { place: 'plan', ...(agents.length === 0 ? {} : { agents }) });
    run.plan(plan);
    return { loaded: plan.name, injections: plan.injections.length, armed: true };
  },
  'POST /arm': (order) => {
    const run = runOf(order);
    run.arm();
    return { armed: run.isArmed };
  },
  'POST /disarm': (order) => {
    runOf(order).disarm();
    return { armed: false };
  },
  'GET /journal': (order) => ({ ...runOf(order).journal.read() }) as unknown as Json,
  'GET /trace': (order) => {
    const run = runOf(order);
    return { ...run.trace(), droppedEvents: run.droppedEvents } as unknown as Json;
  },
  'POST /reset': (order) => {
    runOf(order).reset();
    return { reset: true };
  },
  'POST /shutdown': ({ parts }) => {
    parts.shutdown();
    return { shutdown: true };
  },
};

export class Control {
  readonly #parts: ControlParts;

  constructor(parts: ControlParts) {
    this.#parts = parts;
  }

  answer({ destination, request }: Caller): Handled {
    const { runs, token } = this.#parts;
    if (destination.kind === 'health')
      return { reply: jsonReply(200, { status: 'ok', runs: runs.list().length }) };
    if (!isSameSecret(tokenOf(request), token)) return controlRefusal(401, badToken());
    const name = `${request.method} ${request.path.slice('/control'.length)}`;
    const order = Object.hasOwn(orders, name) ? orders[name] : undefined;
    if (order === undefined) return controlRefusal(404, unknownOrder(name));
    try {
      const done = order({ parts: this.#parts, run: runNamed(destination), request });
      return { reply: jsonReply(200, done) };
    } catch (error) {
      if (!(error instanceof MusterError)) throw error;
      return controlRefusal(400, error);
    }
  }
}

function runNamed({ run, query }: Caller['destination']): string {
  return new URLSearchParams(query).get('run') ?? run;
}

function runOf({ parts, run }: Order) {
  return parts.runs.of(run);
}

function bodyOf({ request }: Order): Json {
  const read = readJson(request.text);
  if (read.kind === 'value') return read.value;
  throw new MusterError({
    code: 'CONTROL_NOT_JSON',
    message: `the body of the request is not JSON: ${read.message}`,
    place: `body:${read.place}`,
  });
}

function tokenOf({ headers }: ModelRequest): string {
  const bearer = /^Bearer (.*)$/i.exec(headers.get('authorization') ?? '')?.[1];
  return bearer ?? headers.get('x-muster-token') ?? '';
}

function badToken(): MusterError {
  return new MusterError({
    code: 'CONTROL_UNAUTHORISED',
    message: 'the control API wants the token of this gateway',
    place: 'authorization',
    hint: 'send "authorization: Bearer <token>"; the gateway printed it when it started',
  });
}

function unknownOrder(name: string): MusterError {
  return new MusterError({
    code: 'CONTROL_UNKNOWN',
    message: 'the control API has no such order',
    value: name,
    hint: `it has ${Object.keys(orders).join(', ')}`,
  });
}
