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
    renderDocument: () => Promise.reject(new Error('nobody asks for documents here')),
    log: pino({ level: 'silent' }),
  });
}

/** The statements of ours word for word, as somebody would send them who has nobody to keep out. */
async function bare(): Promise<express.Express> {
  const knex = connect(url, { poolMax: 1 });
  const sent: { sql: string; bindings: unknown[]; options?: { name?: string } }[] = [];
  knex.on('query', (query: (typeof sent)[number]) => sent.push(query));
  const within = { areas: ['6911'], userId: 0 };
  await listVisits(knex, { state: 'all', departments: ['SCJG'], within, limit: 51 });
  await knex.destroy();
  const [page, details] = sent.slice(-2);
  if (!page || !details)
    throw new Error('a list is a statement that finds its rows, and one that reads them');
  const pool = new pg.Pool({ connectionString: url, max: POOL });
  const app = express();
  app.get('/', async (_request, response) => {
    const found = await pool.query<{ id: number }>(page.sql, page.bindings);
    const ids = found.rows.slice(0, 50).map((row) => row.id);
    const { rows } = await pool.query({ ...details.options, text: details.sql, values: [ids] });
    response.json({ rows, next: null });
  });
  return app;
}

void main();
