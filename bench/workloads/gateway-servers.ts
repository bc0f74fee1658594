// Servers that the gateway's benchmark compares: the gateway, and a bare one that parses the body and knows its reply.
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { startGateway } from '../../src/gateway/gateway.ts';
import { scriptSetup } from '../../src/gateway/script-setup.ts';
import type { Json } from '../../src/base/json.ts';

/** The gateway with a script. */
export async function gateway(script: Json): Promise<number> {
  const started = await startGateway({ setup: scriptSetup(script, 'script') });
  return Number(new URL(started.urls().openai).port);
}

export interface BareReply {
  readonly headers: Readonly<Record<string, string>>;
  /** One write for each. */
  readonly writes: readonly string[];
}

/** The least that a server can do for a request with a JSON body: read it, parse it, write what it was told to. */
export async function bare({ headers, writes }: BareReply): Promise<number> {
  const [first = '', ...rest] = writes;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      JSON.parse(Buffer.concat(chunks).toString('utf8'));
      response.writeHead(200, headers);
      if (rest.length === 0) return response.end(first);
      for (const write of writes) response.write(write);
      return response.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

export interface GuardedGateway {
  readonly script: Json;
  readonly token: string;
}

/** The gateway with a script, and a control API whose token is known. */
export async function guardedGateway({ script, token }: GuardedGateway): Promise<number> {
  const started = await startGateway({ setup: scriptSetup(script, 'script'), token });
  return Number(new URL(started.urls().openai).port);
}
