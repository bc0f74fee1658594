// Visitors of a server, of all kinds: who ask and wait, who leave in the middle, who dribble, who send too much.
import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { elapsedMs } from '../../src/base/clock.ts';
import { createRandom } from '../../src/base/random.ts';

export interface Visit {
  readonly path: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** What must come back. */
  readonly status: number;
}

export interface Visited {
  expected: number;
  unexpected: number;
  readonly waitsMs: number[];
}

export interface StreamVisits extends Omit<Visit, 'status'> {
  /** The share of streams that are left at some moment. */
  readonly leavingShare: number;
  readonly forMs: number;
  readonly lane: number;
}

export interface StreamsVisited {
  completed: number;
  /** By us. */
  left: number;
  /** By the server, before the end. */
  broken: number;
}

export class Visitors {
  readonly #port: number;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: Infinity });

  constructor(port: number) {
    this.#port = port;
  }

  async leave(): Promise<void> {
    this.#agent.destroy();
    await pause(1_500);
  }

  /** The same visit again and again, one at a time. */
  async again(visit: Visit, { everyMs, forMs }: { everyMs: number; forMs: number }): Promise<Visited> {
    const visited: Visited = { expected: 0, unexpected: 0, waitsMs: [] };
    for (const endMs = elapsedMs() + forMs; elapsedMs() < endMs;) {
      const startMs = elapsedMs();
      const status = await this.#statusOf(visit);
      if (status === visit.status) visited.expected += 1;
      else visited.unexpected += 1;
      visited.waitsMs.push(elapsedMs() - startMs);
      await pause(everyMs);
    }
    return visited;
  }

  async streams({ leavingShare, forMs, lane, ...visit }: StreamVisits): Promise<StreamsVisited> {
    const visited: StreamsVisited = { completed: 0, left: 0, broken: 0 };
    const random = createRandom('visitors', lane);
    for (const endMs = elapsedMs() + forMs; elapsedMs() < endMs;) {
      const leaveMs = random.chance(leavingShare) ? random.integer(0, 1_200) : null;
      visited[await this.#stream(visit, leaveMs)] += 1;
    }
    return visited;
  }

  /** Connections whose headers never get whole, so many at a time; how many of them the server closed. */
  async dribble({ at, forMs }: { at: number; forMs: number }): Promise<number> {
    const endMs = elapsedMs() + forMs;
    const lanes = Array.from({ length: at }, async () => {
      let closed = 0;
      while (elapsedMs() < endMs) {
        const socket = connect(this.#port, '127.0.0.1');
        socket.on('error', () => undefined);
        socket.resume();
        const gone = new Promise<boolean>((resolve) => void socket.on('close', () => resolve(true)));
        socket.write('POST /v1/chat/completions HTTP/1.1\r\n');
        const drip = setInterval(() => socket.writable && socket.write('x'), 500);
        const over = pause(endMs + 12_000 - elapsedMs()).then(() => false);
        if (await Promise.race([gone, over])) closed += 1;
        clearInterval(drip);
        socket.destroy();
      }
      return closed;
    });
    return (await Promise.all(lanes)).reduce((sum, closed) => sum + closed, 0);
  }

  #send({ path, body, headers = {} }: Omit<Visit, 'status'>): ClientRequest {
    const sent = request({
      port: this.#port,
      host: '127.0.0.1',
      method: 'POST',
      path,
      agent: this.#agent,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
    });
    sent.end(body);
    return sent;
  }

  async #statusOf(visit: Visit): Promise<number | string> {
    const sent = this.#send(visit);
    try {
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      response.resume();
      await once(response, 'end');
      return response.statusCode ?? 0;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  async #stream(visit: Omit<Visit, 'status'>, leaveMs: number | null): Promise<keyof StreamsVisited> {
    const sent = this.#send(visit);
    const leaving = leaveMs === null ? undefined : setTimeout(() => sent.destroy(), leaveMs);
    try {
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      let tail = '';
      for await (const chunk of response) tail = (tail + String(chunk)).slice(-64);
      return tail.endsWith('data: [DONE]\n\n') ? 'completed' : 'broken';
    } catch {
      // The connection broke: by us, or by the server.
      return sent.destroyed && leaveMs !== null ? 'left' : 'broken';
    } finally {
      clearTimeout(leaving);
    }
  }
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => void setTimeout(resolve, Math.max(0, ms)));
}
