/** What the walls cost a list: who is signed in, the role and the policies of PostgreSQL, validation, the contract's form. */
import { Agent, request } from 'node:http';
import path from 'node:path';
import { hashToken } from '../api/middleware/session-cookie';
import { connect } from '../db/connect';
import { migrate } from '../db/migrate';
import { insertSession } from '../db/sessions';
import { timed, type Bench, type Contender } from './support/bench';
import { drawnCampaign, drawnCity } from './support/drawn-campaign';
import { startLineProcess } from './support/line-process';
import { scratchServer } from './support/scratch-server';

const REQUESTS = 600;
const AT_ONCE = 8;
const TOKEN = 'of-the-liaison-of-the-bench';
const ROWS = 50;

export const bench: Bench = {
  about: `${REQUESTS} lists of ${ROWS} visits for a signed-in liaison, ${AT_ONCE} at a time, beside a bare express with the same query`,
  sizeOf: 'visits of the department',
  defaultSize: 50_000,
  async prepare(size) {
    const server = await scratchServer();
    const url = await server.create('bench');
    const db = connect(url, { poolMax: 4 });
    await migrate(db);
    const city = await drawnCity(db, size);
    await drawnCampaign(db, city, size);
    const userId = city.users['scjg-liaison'] ?? 0;
    await insertSession(db, {
      ...{ tokenHash: hashToken(TOKEN), userId, way: 'demo', at: new Date() },
      expiresAt: new Date(Date.now() + 86_400_000),
    });
    await db.raw('vacuum analyze');
    const programs = await Promise.all([program('ours', url), program('bare', url)]);
    const [ours, bare] = programs.map(({ port }) => port) as [number, number];
    return {
      ours: lists('OneVisit', ours, `/api/v1/visits?limit=${ROWS}`),
      peers: [lists('bare express and pg', bare, '/')],
      check: (outcomes) => {
        const [first, ...others] = [...outcomes.values()];
        if (others.some((other) => other !== first)) throw new Error('the lists are not the same');
        return `requests per second: ${REQUESTS} by the seconds of each; the ratio is ours to theirs.`;
      },
      close: async () => {
        for (const { end } of programs) await end();
        await db.destroy();
        await server.close();
      },
    };
  },
};

/** A server in a process of its own, so that both have a processor's time for themselves. */
async function program(
  kind: 'ours' | 'bare',
  url: string,
): Promise<{ port: number; end: () => Promise<void> }> {
  const line = startLineProcess(process.execPath, [
    path.join(__dirname, 'support/list-server.js'),
    kind,
    url,
  ]);
  const { port } = (await line.ask('')) as { port: number };
  return { port, end: () => line.end() };
}

function lists(name: string, port: number, address: string): Contender {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const one = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const headers = { cookie: `onevisit_session=${TOKEN}` };
      request({ agent, port, path: address, host: '127.0.0.1', headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => {
          if (response.statusCode === 200) resolve(text);
          else reject(new Error(`${name}: ${String(response.statusCode)} ${text}`));
        });
      })
        .on('error', reject)
        .end();
    });
  return {
    name,
    run: () =>
      timed(async () => {
        let left = REQUESTS;
        let last = '';
        const worker = async () => {
          while (left-- > 0) last = await one();
        };
        await Promise.all(Array.from({ length: AT_ONCE }, worker));
        const { rows } = JSON.parse(last) as { rows: { id: number }[] };
        return rows.map(({ id }) => id).join();
      }),
  };
}
