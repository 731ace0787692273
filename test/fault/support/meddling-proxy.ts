/** Stands between the officials and the API, and does harm in the middle of chosen requests. */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Harm {
  method: 'POST' | 'PUT';
  /** Of the path below /api/v1. */
  path: RegExp;
  /** Which of the matching requests, from 1. */
  nth: number;
  /** `sent`: the request has gone out, its answer is awaited. `lost`: it was answered, and the answer never arrives. */
  when: 'sent' | 'lost';
  act: () => Promise<void>;
}

export interface MeddlingProxy {
  url: string;
  /** Harms that were done. */
  done: Harm[];
  stop: () => Promise<void>;
}

export async function meddlingProxy(targetPort: number, harms: readonly Harm[]): Promise<MeddlingProxy> {
  const done: Harm[] = [];
  const seen = new Map<Harm, number>();

  /** The harm that this request is to suffer; a repeated request is let through. */
  function harmFor({ method, url = '' }: IncomingMessage): Harm | undefined {
    const path = url.replace(/^\/api\/v1/, '').replace(/\?.*$/, '');
    const matching = harms.filter((harm) => harm.method === method && harm.path.test(path));
    for (const harm of matching) seen.set(harm, (seen.get(harm) ?? 0) + 1);
    const harm = matching.find((one) => seen.get(one) === one.nth);
    if (harm) done.push(harm);
    return harm;
  }

  function pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const harm = harmFor(incoming);
    const cut = () => outgoing.destroy();
    const { method, url, headers } = incoming;
    const forward = request({ host: '127.0.0.1', port: targetPort, method, path: url, headers }, (answer) => {
      if (harm?.when !== 'lost') {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.on('error', cut).pipe(outgoing);
        return;
      }
      answer.resume();
      void harm.act().finally(cut);
    });
    forward.on('error', cut);
    if (harm?.when === 'sent') {
      forward.on('finish', () => {
        void harm.act();
      });
    }
    incoming.on('error', () => forward.destroy()).pipe(forward);
  }

  const server = createServer(pass);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    done,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
