// The gateway: an HTTP server that stands in for providers of models, for teams in any language.
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { wallTime, type Time } from '../base/clock.ts';
import { MusterError } from '../base/muster-error.ts';
import { newSecret } from '../base/secret.ts';
import type { NowOrLater } from '../base/now-or-later.ts';
import type { Handled } from '../llm/traffic/wire-traffic.ts';
import { Control } from './control.ts';
import type { GatewayRun } from './gateway-run.ts';
import { usualLimits, type GatewayLimits } from './limits.ts';
import { listener, type Caller, type UnfitBody } from './listener.ts';
import { ModelDoor } from './model-door.ts';
import { nothingLoaded } from './nothing-loaded.ts';
import type { RunSetup } from './run-setup.ts';
import { Runs } from './runs.ts';

export interface GatewayParts {
  /** Absent: any that is free. */
  readonly port?: number;
  /** Absent: this machine alone (`127.0.0.1`). */
  readonly host?: string;
  /** What every run begins with that is not opened with a setup of its own. */
  readonly setup?: Partial<RunSetup>;
  /** For the control API; absent: one is made. */
  readonly token?: string;
  readonly limits?: Partial<GatewayLimits>;
  /** How many times as long as in the plan a fault's delays take; absent: 1. The trace tells times as in the plan. */
  readonly timeScale?: number;
  /** Hears of defects of our own; absent: they are thrown out of the event loop. */
  readonly onDefect?: (error: unknown) => void;
}

/** Base URLs, as clients of each provider want them. */
export interface GatewayUrls {
  /** Ends in `/v1`. */
  readonly openai: string;
  /** A bare origin; clients that append only `/messages` are served, too. */
  readonly anthropic: string;
  /** Ends in `/v1beta`. */
  readonly gemini: string;
  readonly control: string;
}

export interface Gateway {
  readonly token: string;
  /** Of one run; absent: for whatever run the header `x-muster-run` names. */
  urls(run?: string): GatewayUrls;
  /** The run of a name, begun when there is none. Throws `MusterError` GATEWAY_BAD_RUN. */
  run(name?: string): GatewayRun;
  /** Begins a run anew, with a setup of its own over the gateway's. Throws `MusterError` GATEWAY_BAD_RUN. */
  openRun(name: string, setup: Partial<RunSetup>): GatewayRun;
  /** Forgets a run; false when there was none. */
  closeRun(name: string): boolean;
  /** Settles when the server is gone, through `close` or the control API. */
  readonly closed: Promise<void>;
  /** Breaks what is under way, and frees the port. */
  close(): Promise<void>;
}

const usualSetup: RunSetup = {
  model: nothingLoaded,
  seed: 1,
  agents: [],
  attribution: [],
  chaos: null,
  handoffs: 'transferTools',
  repeatedAsks: 'nextTurn',
  mission: null,
  watch: null,
};

/** Whoever shuts the gateway down is told so before it is gone. */
const goodbyeMs = 50;

/** Listens when the promise settles. Throws `MusterError` GATEWAY_CANNOT_LISTEN. */
export async function startGateway(parts: GatewayParts = {}): Promise<Gateway> {
  const { host = '127.0.0.1', token = newSecret(), timeScale = 1 } = parts;
  const limits = { ...usualLimits, ...parts.limits };
  const time = scaled(wallTime, timeScale);
  const runs = new Runs({ setup: { ...usualSetup, ...parts.setup }, limits, time });
  const door = new ModelDoor(runs, limits);
  const control = new Control({
    runs,
    token,
    shutdown: () => void wallTime.after(goodbyeMs, () => void close()),
  });
  const answer = (caller: Caller): NowOrLater<Handled> =>
    caller.destination.kind === 'model' ? door.answer(caller) : control.answer(caller);
  const refuse = (caller: Caller, body: UnfitBody): Handled => door.refuseBody(caller, body);
  const server = listener({ limits, time, answer, refuse, onDefect: parts.onDefect ?? rethrow });
  const closed = once(server, 'close').then(() => undefined);
  const close = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    await closed;
  };
  const port = await listening(server, host, parts.port ?? 0);
  const origin = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return {
    token,
    urls: (run) => urlsAt(origin, run),
    run: (name = 'default') => runs.of(name),
    openRun: (name, setup) => runs.open(name, setup),
    closeRun: (name) => runs.close(name),
    closed,
    close,
  };
}

function urlsAt(origin: string, run: string | undefined): GatewayUrls {
  const base = run === undefined ? origin : `${origin}/runs/${run}`;
  return {
    openai: `${base}/v1`,
    anthropic: base,
    gemini: `${base}/v1beta`,
    control: `${base}/control`,
  };
}

async function listening(server: Server, host: string, port: number): Promise<number> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (cause) {
    throw new MusterError(
      {
        code: 'GATEWAY_CANNOT_LISTEN',
        message: `the gateway cannot listen: ${cause instanceof Error ? cause.message : String(cause)}`,
        place: `${host}:${port}`,
        hint: 'choose another port, or 0 for any that is free',
      },
      { cause },
    );
  }
  return (server.address() as AddressInfo).port;
}

/** A clock of which a second takes `scale` real ones, and on which all delays are measured. */
function scaled(time: Time, scale: number): Time {
  if (scale === 1) return time;
  const startMs = time.now();
  return {
    now: () => startMs + (time.now() - startMs) / scale,
    after: (delayMs, callback) => time.after(delayMs * scale, callback),
  };
}

function rethrow(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
