import knex, { type Knex } from 'knex';
import pg from 'pg';

// Row ids stay far below 2^53, and dates without a time must not be shifted by a time zone.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.DATE, (text: string) => text);

export interface ConnectOptions {
  poolMax?: number;
  /** Shown in pg_stat_activity. */
  applicationName?: string;
  /** Whose rights the connections have; without it those of the login. */
  role?: DatabaseRole;
  /** A statement that takes longer is broken off; so is a transaction in which nothing happens for as long. */
  statementMs?: number;
}

/** Roles without a login of their own, made by migration 0087: what the parts of the program may do, and no more. */
export type DatabaseRole = 'onevisit_api' | 'onevisit_worker';

/** What is known of a pool's connections. */
export interface Pool {
  numUsed(): number;
  numFree(): number;
  numPendingAcquires(): number;
}

export const poolOf = (db: Knex): Pool => (db.client as { pool: Pool }).pool;

/** Opens a pool on a PostgreSQL URL. Connections that a server restart broke are replaced on next use. */
export function connect(databaseUrl: string, options: ConnectOptions = {}): Knex {
  return knex({
    client: 'pg',
    connection: {
      connectionString: options.role ? inRole(databaseUrl, options.role) : databaseUrl,
      application_name: options.applicationName ?? 'onevisit',
      keepAlive: true,
      ...(options.statementMs === undefined
        ? {}
        : {
            statement_timeout: options.statementMs,
            idle_in_transaction_session_timeout: options.statementMs,
          }),
    },
    pool: { min: 0, max: options.poolMax ?? 10 },
    acquireConnectionTimeout: 20_000,
  });
}

/** From the first statement on, and what `reset role` goes back to; beside whatever options the URL has. */
function inRole(databaseUrl: string, role: DatabaseRole): string {
  const url = new URL(databaseUrl);
  const options = [url.searchParams.get('options'), `-c role=${role}`];
  url.searchParams.set('options', options.filter(Boolean).join(' '));
  return url.href;
}
