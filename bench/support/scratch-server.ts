import { chmodSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { connect } from '../../db/connect';
import { embeddedDatabaseUrl } from '../../server/connections';
import { ensureSecrets, homePaths } from '../../server/home';
import { startPostgres } from '../../server/services/postgres';
import { scratchConfig } from '../../test/integration/server/scratch-config';
import { databaseAt } from '../../test/support/database';

export interface ScratchServer {
  /** Number of PostgreSQL's first process. */
  postmaster: number;
  /** Makes a database, empty or as another one; its URL. */
  create: (name: string, template?: string) => Promise<string>;
  drop: (name: string) => Promise<void>;
  /** Nothing of it stays. */
  close: () => Promise<void>;
}

/** A PostgreSQL of the bench's own, as the server runs it. */
export async function scratchServer(): Promise<ScratchServer> {
  const config = await scratchConfig();
  // The server runs as another user where this runs as root.
  chmodSync(config.home, 0o755);
  const service = await startPostgres(config, () => undefined);
  const url = embeddedDatabaseUrl(config, ensureSecrets(config.home), 'onevisit');
  const pidFile = path.join(homePaths(config.home).postgres, 'postmaster.pid');
  const admin = connect(url, { poolMax: 1 });
  return {
    postmaster: Number(readFileSync(pidFile, 'utf8').split('\n')[0]),
    create: async (name, template = 'template1') => {
      await admin.raw(`create database ${name} template ${template}`);
      return databaseAt(url, name);
    },
    drop: async (name) => {
      await admin.raw(`drop database ${name} with (force)`);
    },
    close: async () => {
      await admin.destroy();
      await service.stop();
      rmSync(config.home, { recursive: true, force: true });
    },
  };
}
