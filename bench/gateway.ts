// `npm run bench gateway`: what the gateway costs, beside the least that any server can do, and beside aimock.
//
// Each server is a process of its own on one core; requests come from this process over plain keep-alive sockets.
// The request is a chat with a system prompt, two turns and a tool; texts differ from request to request. The reply
// has some 600 characters, which stream in chunks of the usual size. The bare server reads the body, parses it and
// writes the very bytes that the gateway wrote, in as many writes. Servers are warmed up, and then take turns of some
// requests each; processor time is the server's own, by request; ratios are made within a round, and the median of the
// rounds counts.
import { connect } from 'node:net';
import { once } from 'node:events';
import { build, compiledPath } from './harness/build.ts';
import { onOneCore } from './harness/core.ts';
import { HttpLoader, ReplyReader } from './harness/http-load.ts';
import { numberFlag } from './harness/number-flag.ts';
import { installPeers, peerPath } from './harness/peers.ts';
import { startServer, type ServerChild } from './harness/server-child.ts';
import { spreadOf, type Spread } from './harness/spread.ts';
import type { BareReply } from './workloads/gateway-servers.ts';

const connections = 16;
/** V8 was seen to compile until some ten thousand requests had been served; twice that leaves it time to finish. */
const warmUpRequests = 20_000;

const servers = compiledPath(new URL('./workloads/gateway-servers.ts', import.meta.url));
const gatewayServer = { modulePath: servers, exportName: 'gateway' };
const bareServer = { modulePath: servers, exportName: 'bare' };

const content =
  'The order left Oslo on Tuesday and is due on Friday; the carrier confirmed it this morning. '.repeat(6);

function caseName(n: number): string {
  return `case ${String(n).padStart(4, '0')}.`;
}

function script(entries: number): object {
  return {
    entries: Array.from({ length: entries }, (_, n) => ({
      match: { model: 'gpt-4o', user: entries === 1 ? 'Please look at case' : caseName(n) },
      replies: [{ content }],
    })),
  };
}

function requests(form: 'plain' | 'stream'): readonly Buffer[] {
  return Array.from({ length: 1_000 }, (_, n) => requestFor(n, form));
}

function requestFor(n: number, form: 'plain' | 'stream'): Buffer {
  const parameters = { type: 'object', properties: { order: { type: 'string' } }, required: ['order'] };
  const description = 'Tells where an order is at the moment';
  const body = JSON.stringify({
    model: 'gpt-4o',
    messages: [
      { role: 'system', content: 'You are the dispatcher of a shop. Be brief, be exact, and never guess.' },
      { role: 'user', content: 'Good morning, I have a question about an order of mine.' },
      { role: 'assistant', content: 'Good morning! Which order is it?' },
      { role: 'user', content: `Please look at ${caseName(n)} When will it be here?` },
    ],
    tools: [{ type: 'function', function: { name: 'track', description, parameters } }],
    temperature: 0,
    ...(form === 'stream' ? { stream: true, stream_options: { include_usage: true } } : {}),
  });
  const head = [
    'POST /v1/chat/completions HTTP/1.1',
    'host: 127.0.0.1',
    'content-type: application/json',
    'authorization: Bearer any',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** One reply of a server, taken apart into the headers and the writes that a bare server needs to say the same. */
async function replyOf(port: number, request: Buffer): Promise<BareReply> {
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve) => {
    const reader = new ReplyReader(resolve);
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      reader.take(chunk);
    });
    socket.write(request);
  });
  socket.destroy();
  const [head, body] = splitOnce(Buffer.concat(chunks).toString('utf8'), '\r\n\r\n');
  const ofNode = /^(date|connection|keep-alive|transfer-encoding):/i;
  const headers = head
    .split('\r\n')
    .slice(1)
    .filter((line) => !ofNode.test(line));
  const isChunked = /transfer-encoding: chunked/i.test(head);
  return {
    headers: Object.fromEntries(headers.map((line) => splitOnce(line, ': '))),
    writes: isChunked ? dechunked(body) : [body],
  };
}

function splitOnce(text: string, by: string): readonly [string, string] {
  const at = text.indexOf(by);
  return [text.slice(0, at), text.slice(at + by.length)];
}

function dechunked(body: string): readonly string[] {
  const rest = Buffer.from(body);
  const writes: string[] = [];
  for (let at = 0; ;) {
    const end = rest.indexOf('\r\n', at);
    const length = Number.parseInt(rest.toString('latin1', at, end), 16);
    if (length === 0) return writes;
    writes.push(rest.toString('utf8', end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
}

interface Entrant {
  readonly name: string;
  readonly server: ServerChild;
  readonly loader: HttpLoader;
  readonly cpu: number[];
  readonly rps: number[];
}

function entrant(name: string, server: ServerChild, sent: readonly Buffer[]): Entrant {
  const loader = new HttpLoader({ port: server.port, connections, requests: sent });
  return { name, server, loader, cpu: [], rps: [] };
}

export async function gateway(args: readonly string[]): Promise<void> {
  const rounds = numberFlag(args, 'rounds', 10);
  const count = numberFlag(args, 'requests', 2_000);
  build();
  installPeers();
  const entrants = await startAll();
  try {
    for (const { name, loader } of entrants) {
      console.error(`bench: warming up ${name}`);
      await loader.slice(warmUpRequests);
    }
    for (let round = 0; round < rounds; round += 1) {
      const order = round % 2 === 0 ? entrants : entrants.toReversed();
      for (const one of order) await takeTurn(one, count);
      console.error(`bench: round ${round + 1} of ${rounds}`);
    }
    report(entrants, rounds);
  } finally {
    for (const { server } of entrants) server.stop();
  }
}

async function startAll(): Promise<readonly Entrant[]> {
  const prefix = onOneCore();
  const start = async (place: Parameters<typeof startServer>[0], setup: unknown): Promise<ServerChild> =>
    startServer(place, setup, prefix);
  const [plain, stream] = [requests('plain'), requests('stream')];
  const one = await start(gatewayServer, script(1));
  const streaming = await start(gatewayServer, script(1));
  const bareWith = async (server: ServerChild, request: Buffer): Promise<ServerChild> =>
    start(bareServer, await replyOf(server.port, request));
  return [
    entrant('gateway', one, plain),
    entrant('bare', await bareWith(one, plain[0]!), plain),
    entrant('gateway1000', await start(gatewayServer, script(1_000)), plain),
    entrant('gatewayStream', streaming, stream),
    entrant('bareStream', await bareWith(streaming, stream[0]!), stream),
    entrant(
      'aimock',
      await start({ modulePath: peerPath('aimock.js'), exportName: 'aimock' }, [
        ['Please look at case', content],
      ]),
      plain,
    ),
  ];
}

async function takeTurn({ server, loader, cpu, rps }: Entrant, requestCount: number): Promise<void> {
  const before = await server.cpuMicros();
  const { count, wallMs } = await loader.slice(requestCount);
  cpu.push(((await server.cpuMicros()) - before) / count);
  rps.push((count * 1_000) / wallMs);
}

function report(entrants: readonly Entrant[], rounds: number): void {
  const named = (name: string): Entrant => entrants.find((one) => one.name === name)!;
  const [one, thousand, stream] = [named('gateway'), named('gateway1000'), named('gatewayStream')];
  const [plainBare, streamBare, peer] = [named('bare'), named('bareStream'), named('aimock')];
  for (const { name, cpu, rps } of entrants)
    console.log(
      `${name.padEnd(14)} ${spreadOf(cpu).median.toFixed(1).padStart(7)} µs CPU a request ${spreadOf(rps).median.toFixed(0).padStart(7)} requests a second`,
    );
  console.log(
    JSON.stringify({
      cpuRatioToBare: ratio(one.cpu, plainBare.cpu).median,
      cpuRatioToBare1000: ratio(thousand.cpu, plainBare.cpu).median,
      sseCpuRatioToBare: ratio(stream.cpu, streamBare.cpu).median,
      rpsRatioToAimock: ratio(one.rps, peer.rps).median,
      cpuRatioToAimock: ratio(one.cpu, peer.cpu).median,
      spreads: {
        cpuRatioToBare: ratio(one.cpu, plainBare.cpu),
        cpuRatioToBare1000: ratio(thousand.cpu, plainBare.cpu),
        sseCpuRatioToBare: ratio(stream.cpu, streamBare.cpu),
        rpsRatioToAimock: ratio(one.rps, peer.rps),
      },
      rounds,
    }),
  );
}

/** Within each round. */
function ratio(ours: readonly number[], theirs: readonly number[]): Spread {
  const { median, min, max } = spreadOf(ours.map((value, round) => value / theirs[round]!));
  return { median: rounded(median), min: rounded(min), max: rounded(max) };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
