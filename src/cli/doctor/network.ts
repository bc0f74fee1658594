// Does a request of the team that nothing stands in for stay inside the process?
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { inVirtualTime } from '../../base/virtual-time.ts';
import { createRandom } from '../../base/random.ts';
import { intercept } from '../../llm/traffic/intercept.ts';
import { isMusterError } from '../../vitest/suite-mistake.ts';
import type { Finding } from './finding.ts';

/** A server on loopback counts what reaches it; nothing may, neither by `fetch` nor by `node:http`. */
export async function checkNetwork(): Promise<Finding> {
  const check = 'network';
  let reached = 0;
  const server = http.createServer((_request, response) => {
    reached += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const refusals = await callUnhandled(url);
    if (reached > 0) return { check, state: 'fail', reason: `${reached} of 2 requests left the process` };
    const refused = refusals.filter((error) => isMusterError(error) && error.code === 'INTERCEPT_UNHANDLED');
    return refused.length === 2
      ? {
          check,
          state: 'ok',
          reason: 'requests that nothing stands in for are refused, by fetch and by node:http',
        }
      : { check, state: 'fail', reason: `${refused.length} of 2 requests were refused by name` };
  } finally {
    server.close();
  }
}

async function callUnhandled(url: string): Promise<readonly unknown[]> {
  const refusals: unknown[] = [];
  const random = createRandom(1, 'doctor');
  await inVirtualTime({ startMs: 0, random, onStrayError: () => undefined }, async (time) => {
    const interception = intercept({ time, handlers: [], onError: (error) => refusals.push(error) });
    let ended = 0;
    const end = (): void => void (ended += 1);
    try {
      fetch(url).then(end, end);
      http.get(url, (response) => response.resume().on('close', end)).on('error', end);
      await time.pass({ done: () => ended === 2, horizonMs: 60_000 });
    } finally {
      interception.stop();
    }
  });
  return refusals;
}
