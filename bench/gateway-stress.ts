// `npm run bench gateway-stress -- --seconds 60`: what the gateway bears, all of it at once, in a process of its own.
//
// 200 streams at a time, each of about a second, of which one in five is left by its client at some moment; plain
// requests whose waiting times are measured; and beside them bodies of 50 MB and above the limit, broken JSON, invalid
// UTF-8, headers that dribble in, wrong tokens, and names that lead out of their folder. Every refusal must be the one
// that is expected, no stream that was not left may end before its end, and memory must come back.
import { build, compiledPath } from './harness/build.ts';
import { numberFlag } from './harness/number-flag.ts';
import { startServer } from './harness/server-child.ts';
import { spreadOf } from './harness/spread.ts';
import { Visitors, type Visit } from './harness/visitors.ts';

const streams = 200;
/** What the heap may have grown by in the end: a trace, a journal and compiled code. */
const growthMbMax = 64;
const token = 'a token of the benchmark';

const content = 'One word after the other, until all of it has been said. '.repeat(12);
const script = {
  chaos: {
    schemaVersion: 1,
    name: 'slow streams',
    hypothesis: 'a stream takes about a second',
    injections: [
      {
        fault: { kind: 'stream.slowChunks', ms: 35 },
        trigger: { kind: 'always' },
        scope: { agents: ['streamer'] },
      },
    ],
  },
  entries: [{ replies: [{ content }] }],
};

const chat = (more: object = {}): string =>
  JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hello' }], ...more });
const path = '/v1/chat/completions';
const large = chat({ user: 'x'.repeat(50_000_000) });
const tooLarge = chat({ user: 'x'.repeat(70_000_000) });

/** Beside the streams, each again and again: what is sent, and the status that must come back. */
const visits: readonly (Visit & { readonly name: string; readonly everyMs: number })[] = [
  { name: 'plain', path, body: chat(), status: 200, everyMs: 5 },
  { name: 'body50Mb', path, body: large, status: 200, everyMs: 2_000 },
  { name: 'bodyAboveLimit', path, body: tooLarge, status: 413, everyMs: 3_000 },
  { name: 'brokenJson', path, body: '{"model": "gpt-4o", ', status: 400, everyMs: 20 },
  { name: 'invalidUtf8', path, body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), status: 400, everyMs: 20 },
  { name: 'noProvider', path: '/v1/nothing', body: chat(), status: 404, everyMs: 20 },
  { name: 'wrongToken', path: '/control/reset', body: '', status: 401, everyMs: 20 },
  { name: 'pathTraversal', path: `/runs/..%2f..%2fetc${path}`, body: chat(), status: 400, everyMs: 20 },
  {
    name: 'headerTraversal',
    path,
    headers: { 'x-muster-run': '../../etc/passwd' },
    body: chat(),
    status: 400,
    everyMs: 20,
  },
];

export async function gatewayStress(args: readonly string[]): Promise<void> {
  const seconds = numberFlag(args, 'seconds', 60);
  build();
  const server = await startServer(
    {
      modulePath: compiledPath(new URL('./workloads/gateway-servers.ts', import.meta.url)),
      exportName: 'guardedGateway',
    },
    { script, token },
    [],
  );
  const visitors = new Visitors(server.port);
  await visitors.again(visits[0]!, { everyMs: 1, forMs: 500 });
  const before = await server.memory();
  const [figures, peak] = await withPeak(
    async () => server.memory(),
    async () => onslaught(visitors, seconds * 1_000),
  );
  await visitors.leave();
  const after = await server.memory();
  server.stop();
  const result = {
    seconds,
    ...figures,
    heapMb: { before: before.heapMb, after: after.heapMb },
    rssMb: { before: before.rssMb, peak, after: after.rssMb },
  };
  const failures = failuresIn(result);
  for (const failure of failures) console.error(`bench: ${failure}`);
  console.log(JSON.stringify({ ...result, failures }));
  if (failures.length > 0) process.exitCode = 1;
}

async function onslaught(visitors: Visitors, forMs: number) {
  const streaming = Promise.all(
    Array.from({ length: streams }, async (_, lane) =>
      visitors.streams({
        path,
        headers: { 'x-muster-agent': 'streamer' },
        body: chat({ stream: true, user: `lane ${lane}` }),
        leavingShare: 0.2,
        forMs,
        lane,
      }),
    ),
  );
  const slow = visitors.dribble({ at: 10, forMs });
  const visited = await Promise.all(
    visits.map(
      async ({ everyMs, ...visit }) => [visit.name, await visitors.again(visit, { everyMs, forMs })] as const,
    ),
  );
  const lanes = await streaming;
  const sum = (of: (lane: (typeof lanes)[number]) => number): number =>
    lanes.reduce((total, lane) => total + of(lane), 0);
  return {
    streams: {
      completed: sum((lane) => lane.completed),
      left: sum((lane) => lane.left),
      broken: sum((lane) => lane.broken),
    },
    visits: Object.fromEntries(
      visited.map(([name, { expected, unexpected, waitsMs }]) => {
        const { median, max } = spreadOf(waitsMs);
        return [
          name,
          { expected, unexpected, medianMs: Math.round(median * 10) / 10, maxMs: Math.round(max) },
        ];
      }),
    ),
    slowHeadersClosed: await slow,
  };
}

/** The most resident memory, in MiB, while something is under way. */
async function withPeak<T>(
  memory: () => Promise<{ readonly rssMb: number }>,
  use: () => Promise<T>,
): Promise<readonly [T, number]> {
  let peak = 0;
  let isOver = false;
  const looking = (async () => {
    while (!isOver) {
      peak = Math.max(peak, (await memory()).rssMb);
      await new Promise((resolve) => void setTimeout(resolve, 2_000));
    }
  })();
  const value = await use();
  isOver = true;
  await looking;
  return [value, peak];
}

function failuresIn(result: {
  readonly streams: { readonly completed: number; readonly broken: number };
  readonly visits: Readonly<Record<string, { readonly expected: number; readonly unexpected: number }>>;
  readonly slowHeadersClosed: number;
  readonly heapMb: { readonly before: number; readonly after: number };
}): readonly string[] {
  const failures: string[] = [];
  if (result.streams.completed === 0) failures.push('no stream was completed');
  if (result.streams.broken > 0) failures.push(`${result.streams.broken} streams ended before their end`);
  for (const [name, { expected, unexpected }] of Object.entries(result.visits))
    if (unexpected > 0 || expected === 0)
      failures.push(`${name}: ${unexpected} were not answered as expected, ${expected} were`);
  if (result.slowHeadersClosed === 0) failures.push('no connection with slow headers was closed');
  const grownMb = result.heapMb.after - result.heapMb.before;
  if (grownMb > growthMbMax) failures.push(`the heap has grown by ${grownMb.toFixed(0)} MiB`);
  return failures;
}
