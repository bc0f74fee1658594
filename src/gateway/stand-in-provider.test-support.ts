// A stand-in for real providers on loopback: what recordings are made from. It answers in a dress of its own: odd spaces, ids.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StandInProvider {
  readonly url: string;
  /** Paths of the requests so far. */
  readonly requests: readonly string[];
  /** The next request is refused so. */
  failNext(status: number, headers: Readonly<Record<string, string>>, body: unknown): void;
  close(): Promise<void>;
}

interface Body {
  readonly stream?: boolean;
  readonly system?: string;
  readonly messages?: readonly { readonly role: string; readonly content: string }[];
}

/** `says` makes the text of an answer from the system prompt, the number of the request and its headers. */
export async function standInProvider(
  says: (system: string, request: number, headers: IncomingHttpHeaders) => string,
): Promise<StandInProvider> {
  const requests: string[] = [];
  let failure: { status: number; headers: Readonly<Record<string, string>>; body: unknown } | null = null;
  const server = createServer((incoming, response) => {
    void textOf(incoming).then((text) => {
      requests.push(incoming.url ?? '');
      const failing = failure;
      failure = null;
      if (failing !== null) {
        response.writeHead(failing.status, { 'content-type': 'application/json', ...failing.headers });
        response.end(JSON.stringify(failing.body, null, 2));
        return;
      }
      const body = JSON.parse(text) as Body;
      const system = body.system ?? body.messages?.find(({ role }) => role === 'system')?.content ?? '';
      const said = {
        text: says(system, requests.length, incoming.headers),
        id: requests.length,
        streams: body.stream === true,
      };
      if (incoming.url?.endsWith('/messages') === true) answerAsAnthropic(response, said);
      else answerAsOpenai(response, said);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    failNext: (status, headers, body) => (failure = { status, headers, body }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Said {
  readonly text: string;
  readonly id: number;
  readonly streams: boolean;
}

function answerAsOpenai(response: ServerResponse, { text, id, streams }: Said): void {
  const head = { id: `chatcmpl-real${id}`, created: 1_700_000_000 + id, model: 'gpt-real', odd: 'member' };
  if (!streams) {
    const message = { role: 'assistant', content: text, refusal: null };
    const usage = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };
    const choices = [{ index: 0, message, finish_reason: 'stop' }];
    response.writeHead(200, {
      'content-type': 'application/json',
      'x-request-id': `req-real${id}`,
      server: 'real',
    });
    response.end(JSON.stringify({ ...head, object: 'chat.completion', choices, usage }, null, 3));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const chunk = (delta: object, finish_reason: string | null): string =>
    `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
  response.write(chunk({ role: 'assistant', content: '' }, null));
  for (let at = 0; at < text.length; at += 3)
    response.write(chunk({ content: text.slice(at, at + 3) }, null));
  response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`);
}

function answerAsAnthropic(response: ServerResponse, { text, id, streams }: Said): void {
  const message = {
    id: `msg_real${id}`,
    type: 'message',
    role: 'assistant',
    model: 'claude-real',
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 9, output_tokens: 5 },
  };
  if (!streams) {
    response.writeHead(200, { 'content-type': 'application/json', 'request-id': `req_real${id}` });
    response.end(JSON.stringify({ ...message, content: [{ type: 'text', text }] }));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const event = (type: string, data: object): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
  response.write(event('message_start', { message: { ...message, content: [], stop_reason: null } }));
  response.write(event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }));
  for (let at = 0; at < text.length; at += 4)
    response.write(
      event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: text.slice(at, at + 4) } }),
    );
  response.write(event('content_block_stop', { index: 0 }));
  response.write(
    event('message_delta', {
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: 5 },
    }),
  );
  response.end(event('message_stop', {}));
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
