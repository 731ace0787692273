import type { Knex } from 'knex';
import { connect } from '../../db/connect';
import { loadConfig } from '../config';
import { embeddedDatabaseUrl } from '../connections';
import { ensureSecrets } from '../home';
import { startPostgres } from '../services/postgres';
import { checkDatabase } from '../supervisor/check-external';
import { claimHome, readRunning, releaseHome } from '../supervisor/running';

/**
 * Gives a command the database: the configured one, that of the running system, or the embedded one, which is started
 * for the time of the command.
 */
export async function withDatabase<T>(work: (db: Knex) => Promise<T>): Promise<T> {
  const config = loadConfig();
  const given = config.databaseOwnerUrl ?? config.databaseUrl;
  if (given !== null) {
    await checkDatabase(given);
    return withConnection(given, work);
  }
  const running = readRunning(config.home);
  if (running?.services.postgres) {
    const ports = running.ports ?? config.ports;
    return withConnection(embeddedDatabaseUrl({ ...config, ports }, ensureSecrets(config.home)), work);
  }
  await claimHome(config.home);
  try {
    const postgres = await startPostgres(config, (text) => {
      console.error(text);
    });
    try {
      return await withConnection(embeddedDatabaseUrl(config, ensureSecrets(config.home)), work);
    } finally {
      await postgres.stop();
    }
  } finally {
    releaseHome(config.home);
  }
}

async function withConnection<T>(url: string, work: (db: Knex) => Promise<T>): Promise<T> {
  const db = connect(url, { poolMax: 4, applicationName: 'onevisit-cli' });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}
