/** A receiver of webhooks on a free port, which keeps what it gets and answers as told. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

export interface WebhookReceiver {
  url: string;
  received: Received[];
  /** The status of answers from now on; `drop` cuts the line in place of one. */
  answer: (status: number | 'drop') => void;
  /** Done with the next request that was received, before its answer. */
  beforeNextAnswer: (act: () => Promise<void>) => void;
  stop: () => Promise<void>;
}

export async function webhookReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = [];
  let status: number | 'drop' = 204;
  let act: (() => Promise<void>) | null = null;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      const answer = () => {
        if (status === 'drop') request.socket.destroy();
        else response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
      };
      const before = act;
      act = null;
      if (before) void before().finally(answer);
      else answer();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hooks/onevisit`,
    received,
    answer: (next) => {
      status = next;
    },
    beforeNextAnswer: (next) => {
      act = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
