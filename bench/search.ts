import type { Knex } from 'knex';
import pg from 'pg';
import { connect } from '../db/connect';
import { listEntities } from '../db/registries';
import { timed, type Bench, type Contender } from './support/bench';
import { tablesReadWhole } from './support/explained';
import { Latencies } from './support/latencies';
import { scratchServer } from './support/scratch-server';
import { fillSearchRegistry } from './support/search-registry';
import { searchRequests, type SearchRequest } from './support/search-requests';

export const bench: Bench = {
  about:
    'search as you type in the registry: lists by names, codes and filters, beside the same in SQL by hand',
  sizeOf: 'entities',
  defaultSize: 5_000_000,
  // Percentiles are of requests, of which a round has hundreds.
  fewestRounds: 2,
  async prepare(size) {
    const server = await scratchServer();
    const url = await server.create('registry');
    const db = connect(url, { poolMax: 2 });
    await fillSearchRegistry(db, size);
    const byHand = new pg.Client({ connectionString: url });
    await byHand.connect();
    const requests = await searchRequests(db);
    await assertByIndex(db, requests);
    const ours = new Latencies();
    const bare = new Latencies();
    return {
      ours: contender('OneVisit: all requests, one after the other', requests, ours, ({ page }) =>
        listEntities(db, page),
      ),
      peers: [
        contender('SQL by hand on the same table', requests, bare, async ({ sql, values }) => {
          const { rows } = await byHand.query<{ id: number }>(sql, values);
          return rows;
        }),
      ],
      check: (outcomes) => {
        if (new Set(outcomes.values()).size > 1) throw new Error('the answers differ');
        return ours.table(bare);
      },
      close: async () => {
        await Promise.all([db.destroy(), byHand.end()]);
        await server.close();
      },
    };
  },
};

/** The outcome: who was found, in order. */
function contender(
  name: string,
  requests: readonly SearchRequest[],
  latencies: Latencies,
  find: (request: SearchRequest) => Promise<{ id: number }[]>,
): Contender {
  let isFirstRun = true;
  return {
    name,
    run: () =>
      timed(async () => {
        const found: string[] = [];
        for (const request of requests) {
          const { seconds, outcome } = await timed(() => find(request));
          // It may have met a cold disk.
          if (!isFirstRun) latencies.add(request.kind, seconds);
          found.push(outcome.map(({ id }) => id).join(' '));
        }
        isFirstRun = false;
        return found.join('\n');
      }),
  };
}

async function assertByIndex(db: Knex, requests: readonly SearchRequest[]): Promise<void> {
  for (const { kind, page } of requests) {
    const whole = await tablesReadWhole(db, (each) => listEntities(each, page));
    if (whole.length > 0) {
      throw new Error(`${kind} (${JSON.stringify(page)}) reads from end to end: ${whole.join(', ')}`);
    }
  }
}
