import { chmodSync, rmSync } from 'node:fs';
import { connect } from '../../db/connect';
import { migrate } from '../../db/migrate';
import { embeddedDatabaseUrl } from '../../server/connections';
import { ensureSecrets } from '../../server/home';
import { startPostgres } from '../../server/services/postgres';
import { scratchConfig } from '../integration/server/scratch-config';
import { databaseAt, SERVER_VARIABLE, TEMPLATE } from './database';

declare global {
  var stopTestPostgres: (() => Promise<void>) | undefined;
}

/**
 * One PostgreSQL for a whole test run: TEST_DATABASE_URL where it is set (a role that may create databases), else
 * the embedded one in a temporary folder. The schema is migrated once, into the template of all test databases.
 */
export default async function globalSetup(): Promise<void> {
  const server = process.env['TEST_DATABASE_URL'] ?? (await startScratchPostgres());
  process.env[SERVER_VARIABLE] = server;
  const admin = connect(server, { poolMax: 1 });
  try {
    await admin.raw(`drop database if exists ${TEMPLATE} with (force)`);
    await admin.raw(`create database ${TEMPLATE}`);
  } finally {
    await admin.destroy();
  }
  // A template must have no connections when it is copied: this pool is closed again.
  const template = connect(databaseAt(server, TEMPLATE), { poolMax: 2 });
  try {
    await migrate(template);
  } finally {
    await template.destroy();
  }
}

async function startScratchPostgres(): Promise<string> {
  const config = await scratchConfig();
  // The server runs as another user when the tests run as root.
  chmodSync(config.home, 0o755);
  const service = await startPostgres(config, () => undefined);
  const stop = async () => {
    globalThis.stopTestPostgres = undefined;
    await service.stop();
    rmSync(config.home, { recursive: true, force: true });
  };
  globalThis.stopTestPostgres = stop;
  // The server is in its own process group: without this an interrupted run would leave it behind.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      void stop().finally(() => process.kill(process.pid, signal));
    });
  }
  const url = embeddedDatabaseUrl(config, ensureSecrets(config.home), 'postgres');
  const admin = connect(url, { poolMax: 1 });
  try {
    // Nothing here has to outlive the machine's power.
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      await admin.raw(`alter system set ${setting} = off`);
    }
    await admin.raw('select pg_reload_conf()');
  } finally {
    await admin.destroy();
  }
  return url;
}
