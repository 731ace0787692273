/** Brings a home folder back from a backup, as the database was at a moment. */
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { connect } from '../../db/connect';
import type { Config } from '../config';
import { embeddedDatabaseUrl } from '../connections';
import { ensureSecrets, homePaths } from '../home';
import { startPostgres } from '../services/postgres';
import { postgresBinaries, postgresUser } from '../services/postgres-binaries';
import { StartError } from '../start-error';
import { backupPaths, baseBackups, KEYS_APART, type BaseBackup } from './backup-folder';
import { copyTree } from './copy-tree';
import { recordRestore } from './record-restore';

const FIRST_LINE = '# onevisit: restore';
const LOOK_MS = 200;

interface RestoreOptions {
  folder: string;
  /** null: as far as the archived log goes. */
  to: Date | null;
  /** Where the keys were copied to; null: the system makes new ones up, or has them from its settings. */
  keys: string | null;
}

export interface Restored {
  base: BaseBackup;
  evidence: number;
  keys: string[];
  /** Of the newest transaction that is there again. */
  lastTransactionAt: Date | null;
  /** What was signed of the audit log after that, and now lies in a folder of its own. */
  setAside: string[];
}

/**
 * Into a home folder without a database. Temporal's store is left out on purpose: its histories are of another moment than the
 * database, and whatever has to run is started from the database (`npm run resume`).
 */
export async function restoreBackup(
  config: Config,
  { folder, to, keys }: RestoreOptions,
  progress: (text: string) => void,
): Promise<Restored> {
  const home = homePaths(config.home);
  if (existsSync(home.postgres)) {
    throw new StartError(
      `${home.postgres} 已存在。恢复不会覆盖任何数据：请先把它移走，或换一个 ONEVISIT_HOME。`,
      `${home.postgres} exists. A restore overwrites nothing: move it away, or use another ONEVISIT_HOME.`,
    );
  }
  const base = baseBackups(folder).find(({ finishedAt }) => to === null || new Date(finishedAt) <= to);
  if (!base) {
    throw new StartError(
      `${folder} 中没有${to ? `早于 ${to.toISOString()} 完成` : ''}的完整备份。`,
      `${folder} has no whole backup${to ? ` that was finished before ${to.toISOString()}` : ''}.`,
    );
  }
  const paths = backupPaths(folder);
  const source = path.join(paths.base, base.name);
  mkdirSync(home.data, { recursive: true });
  if (!existsSync(home.secrets)) copyTree(path.join(source, 'home', 'secrets.json'), home.secrets);
  const restoredKeys = KEYS_APART.filter(
    (name) => keys !== null && existsSync(path.join(keys, name)) && !existsSync(path.join(config.home, name)),
  );
  for (const name of restoredKeys) copyTree(path.join(keys ?? '', name), path.join(config.home, name));
  if (existsSync(path.join(source, 'home', 'audit'))) {
    copyTree(path.join(source, 'home', 'audit'), config.auditFolder, { onlyMissing: true });
  }
  const { owner } = postgresUser(postgresBinaries(), home.data);
  copyTree(path.join(source, 'postgres'), home.postgres, { owner });
  const settings = path.join(home.postgres, 'postgresql.auto.conf');
  const before = existsSync(settings) ? readFileSync(settings, 'utf8') : '';
  appendFileSync(settings, recoverySettings(paths.wal, to));
  writeFileSync(path.join(home.postgres, 'recovery.signal'), '');
  if (owner) chownSync(path.join(home.postgres, 'recovery.signal'), owner.uid, owner.gid);

  progress('重放日志 replaying the log …');
  // The archive of what is restored must not get what this recovery writes before it is known to be good.
  const postgres = await startPostgres({ ...config, backupFolder: null }, progress);
  let lastTransactionAt: Date | null;
  let setAside: string[];
  try {
    const url = embeddedDatabaseUrl(config, ensureSecrets(config.home));
    lastTransactionAt = await recovered(url);
    const db = connect(url, { poolMax: 1, applicationName: 'onevisit-restore' });
    try {
      setAside = await recordRestore(db, config.auditFolder, { backup: base.name, to, lastTransactionAt });
    } finally {
      await db.destroy();
    }
  } finally {
    await postgres.stop();
  }
  writeFileSync(settings, before);
  keepTimelines(path.join(home.postgres, 'pg_wal'), paths.wal, owner);
  for (const left of [home.temporalDb, `${home.temporalDb}-wal`, `${home.temporalDb}-shm`]) {
    rmSync(left, { force: true });
  }
  const evidence =
    config.evidenceBucketUrl === null && existsSync(paths.evidence)
      ? copyTree(paths.evidence, config.evidenceFolder, { onlyMissing: true }).files
      : 0;
  return { base, evidence, keys: restoredKeys, lastTransactionAt, setAside };
}

/** Each restore begins a timeline, of which the archive has to know: the next one must not take its number. */
function keepTimelines(from: string, to: string, owner: { uid: number; gid: number } | null): void {
  for (const name of readdirSync(from).filter((file) => file.endsWith('.history')))
    copyTree(path.join(from, name), path.join(to, name), { onlyMissing: true, owner });
}

function recoverySettings(wal: string, to: Date | null): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  return [
    FIRST_LINE,
    `restore_command = ${quoted(`cp "${wal.replaceAll('%', '%%')}/%f" "%p"`)}`,
    // A setting takes no Z.
    ...(to ? [`recovery_target_time = ${quoted(to.toISOString().replace('Z', '+00'))}`] : []),
    `recovery_target_action = 'promote'`,
    '',
  ].join('\n');
}

/** Resolves once the log is replayed and the database takes changes again. */
async function recovered(url: string): Promise<Date | null> {
  const client = new pg.Client({ connectionString: url, application_name: 'onevisit-restore' });
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query<{ recovering: boolean; at: Date | null }>(
        'select pg_is_in_recovery() as recovering, pg_last_xact_replay_timestamp() as at',
      );
      if (rows[0] && !rows[0].recovering) return rows[0].at;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  } finally {
    await client.end();
  }
}
