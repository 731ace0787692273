/** A server of one list, in a process of its own: `ours`, with its walls, or `bare`, with nothing but the query. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { Client, Connection } from '@temporalio/client';
import express from 'express';
import pg from 'pg';
import { pino } from 'pino';
import { createApp } from '../../api/app';
import { connect } from '../../db/connect';
import { listVisits } from '../../db/visit-views';
import { folderStore } from '../../evidence/folder-store';
import { createTemporalGateway } from '../../server/temporal-gateway';
import { API_SETTINGS } from '../../test/support/api-settings';

const POOL = 8;

const [, , kind, url = ''] = process.argv;

async function main(): Promise<void> {
  const app = kind === 'ours' ? ours() : await bare();
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const lines = createInterface({ input: process.stdin });
  lines.on('line', () => {
    console.log(JSON.stringify({ port: (server.address() as AddressInfo).port }));
  });
  lines.on('close', () => process.exit(0));
}

function ours(): express.Express {
  return createApp({
    db: connect(url, { poolMax: POOL, role: 'onevisit_api' }),
    now: () => new Date(),
    settings: API_SETTINGS,
    // Nothing here is told to a workflow.
    campaigns: createTemporalGateway(new Client({ connection: Connection.lazy({ address: '127.0.0.1:1' }) })),
    evidence: {
      store: folderStore('/nonexistent'),
      policy: { fileBytes: 1, visitBytes: 1, types: [], keepsOriginals: false },
    },
    log: pino({ level: 'silent' }),
  });
}

/** The statement of ours word for word, as somebody would send it who has nobody to keep out. */
async function bare(): Promise<express.Express> {
  const knex = connect(url, { poolMax: 1 });
  const sent: { sql: string; bindings: unknown[] }[] = [];
  knex.on('query', (query: { sql: string; bindings: unknown[] }) => sent.push(query));
  await listVisits(knex, { state: 'all', departments: ['SCJG'], limit: 51 });
  await knex.destroy();
  const { sql, bindings } = sent.at(-1) ?? { sql: '', bindings: [] };
  const pool = new pg.Pool({ connectionString: url, max: POOL });
  const app = express();
  app.get('/', async (_request, response) => {
    const { rows } = await pool.query(sql, bindings);
    response.json({ rows: rows.slice(0, 50), next: null });
  });
  return app;
}

void main();
