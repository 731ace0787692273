import knex, { type Knex } from 'knex';
import pg from 'pg';

// Row ids stay far below 2^53, and dates without a time must not be shifted by a time zone.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.DATE, (text: string) => text);

export interface ConnectOptions {
  poolMax?: number;
  /** Shown in pg_stat_activity. */
  applicationName?: string;
}

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
      connectionString: databaseUrl,
      application_name: options.applicationName ?? 'onevisit',
      keepAlive: true,
    },
    pool: { min: 0, max: options.poolMax ?? 10 },
    acquireConnectionTimeout: 20_000,
  });
}
