import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { connect, type DatabaseRole } from '../../db/connect';

/** Database that every test database is copied from; global-setup makes and migrates it. */
export const TEMPLATE = 'onevisit_template';

/** Environment variable in which global-setup hands the server's URL to the test files' processes. */
export const SERVER_VARIABLE = 'ONEVISIT_TEST_SERVER';

export interface TestDatabase {
  db: Knex;
  /** For parts that open their own pool. */
  url: string;
  /** Closes `db` and removes the database, whoever else is still connected. */
  drop: () => Promise<void>;
}

/** A migrated, empty database of the test file's own: `beforeAll(async () => (database = await testDatabase()))`. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = process.env[SERVER_VARIABLE];
  if (!server) {
    throw new Error('no test server: this jest project has no globalSetup (test/support/global-setup.ts)');
  }
  const name = `onevisit_test_${randomBytes(6).toString('hex')}`;
  await administer(server, `create database ${name} template ${TEMPLATE}`);
  const url = databaseAt(server, name);
  const db = connect(url);
  return {
    db,
    url,
    drop: async () => {
      await db.destroy();
      await administer(server, `drop database if exists ${name} with (force)`);
    },
  };
}

/** The database of an owner's connection as a part of the program reaches it, with no more rights than it has at a site. */
export function reachedAs(role: DatabaseRole, owner: Knex, poolMax?: number): Knex {
  const { connection } = (owner.client as { config: { connection: { connectionString: string } } }).config;
  return connect(connection.connectionString, { role, ...(poolMax === undefined ? {} : { poolMax }) });
}

/** URL of another database on the same server. */
export function databaseAt(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function administer(server: string, sql: string): Promise<void> {
  const admin = connect(server, { poolMax: 1 });
  try {
    await admin.raw(sql);
  } finally {
    await admin.destroy();
  }
}
