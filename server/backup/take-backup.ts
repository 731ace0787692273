/** A base backup of the embedded database while it runs, by PostgreSQL's own calls for it, and the files of evidence. */
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import type { Config } from '../config';
import { homePaths, writeFileAtomic } from '../home';
import { StartError } from '../start-error';
import { backupPaths, baseBackups, KEYS_APART, LABEL, type BaseBackup } from './backup-folder';
import { copyTree } from './copy-tree';

export interface BackupOptions {
  folder: string;
  /** Base backups that stay; the log that only older ones need goes. */
  keep: number;
  /** Where the keys are copied to, which must not be where the rest is; null: they are not. */
  keys: string | null;
}

/**
 * The order matters: the database first, then the files, so that each row of the backup has its file. Whatever happens to the
 * database during the copy is in the log, which is archived up to the backup's end before this returns.
 */
export async function takeBackup(
  config: Config,
  databaseUrl: string,
  { folder, keep, keys }: BackupOptions,
): Promise<BaseBackup & { evidence: number; keys: string[]; removed: string[] }> {
  const paths = backupPaths(folder);
  const begunAt = new Date();
  const name = begunAt.toISOString().replace(/[-:]|\.\d+/g, '');
  const target = path.join(paths.base, name);
  mkdirSync(paths.base, { recursive: true, mode: 0o700 });
  mkdirSync(paths.evidence, { recursive: true, mode: 0o700 });
  mkdirSync(target, { mode: 0o700 });
  try {
    const { firstLog, ...copied } = await copyCluster(
      databaseUrl,
      homePaths(config.home).postgres,
      path.join(target, 'postgres'),
    );
    keepHome(config, path.join(target, 'home'));
    const evidence =
      config.evidenceBucketUrl === null && existsSync(config.evidenceFolder)
        ? copyTree(config.evidenceFolder, paths.evidence, {
            onlyMissing: true,
            skip: (relative) => relative === '.incoming',
          }).files
        : 0;
    // Whatever rights the folder itself has: here nobody else reads.
    chmodSync(paths.evidence, 0o700);
    const made: BaseBackup = {
      name,
      begunAt: begunAt.toISOString(),
      finishedAt: new Date().toISOString(),
      firstLog,
      ...copied,
    };
    writeFileAtomic(path.join(target, LABEL), JSON.stringify(made, null, 2) + '\n', 0o600);
    return { ...made, evidence, keys: keepKeys(config, keys), removed: removeOld(folder, keep) };
  } catch (error) {
    rmSync(target, { recursive: true, force: true });
    throw error;
  }
}

const ARCHIVED_WITHIN_MS = 5 * 60_000;
const LOOK_MS = 200;

/** Of these only the folder is needed: their content belongs to the running server, or is in the archived log. */
const EMPTIED =
  /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/./;
const LEFT_OUT = /(^|\/)(postmaster\.(pid|opts)|pgsql_tmp.*|pg_internal\.init.*|backup_label.*)$/;
const LOG_FOLDERS = /^pg_wal\/(archive_status|summaries)$/;

async function copyCluster(databaseUrl: string, from: string, to: string) {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'onevisit-backup' });
  await client.connect();
  try {
    const { rows } = await client.query<{ archiving: string; folder: string }>(
      `select current_setting('archive_mode') as archiving, current_setting('data_directory') as folder`,
    );
    if (rows[0]?.archiving !== 'on') {
      throw new StartError(
        '数据库没有在归档日志。请设置 BACKUP_FOLDER 后重新启动系统，再备份。',
        'The database does not archive its log. Set BACKUP_FOLDER, start the system anew, then back up.',
      );
    }
    const { rows: started } = await client.query<{ log: string }>(
      `select pg_walfile_name(pg_backup_start('onevisit', fast => true)) as log`,
    );
    const copied = copyTree(from, to, {
      skip: (relative, stats) =>
        LEFT_OUT.test(relative) ||
        (EMPTIED.test(relative) && !(stats.isDirectory() && LOG_FOLDERS.test(relative))),
    });
    const { rows: stopped } = await client.query<{ labelfile: string; log: string }>(
      'select labelfile, pg_walfile_name(lsn) as log from pg_backup_stop(wait_for_archive => false)',
    );
    await archivedUpTo(client, stopped[0]?.log ?? '');
    writeFileSync(path.join(to, 'backup_label'), stopped[0]?.labelfile ?? '', { mode: 0o600 });
    return { ...copied, firstLog: started[0]?.log ?? '' };
  } finally {
    await client.end();
  }
}

/** Without the log up to its end, a backup can't be restored. PostgreSQL itself would wait for ever where archiving fails. */
async function archivedUpTo(client: pg.Client, log: string): Promise<void> {
  for (
    const end = Date.now() + ARCHIVED_WITHIN_MS;
    ;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  ) {
    const { rows } = await client.query<{ done: boolean; failing: boolean }>(
      `select coalesce(last_archived_wal, '') >= $1 as done,
              coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) as failing
         from pg_stat_archiver`,
      [log],
    );
    if (rows[0]?.done) return;
    if (rows[0]?.failing || Date.now() > end) {
      throw new StartError(
        `日志 ${log} 没有归档成功：请检查 BACKUP_FOLDER 的空间和权限（由数据库的用户写入），postgres.log 有原因。`,
        `The log ${log} was not archived: check room and rights of BACKUP_FOLDER, where the database's user writes; postgres.log says why.`,
      );
    }
  }
}

/** The password by which the database is reached, worth no more than the database; and what was signed of the audit log. */
function keepHome(config: Config, to: string): void {
  const { secrets } = homePaths(config.home);
  mkdirSync(to, { recursive: true, mode: 0o700 });
  copyTree(secrets, path.join(to, path.basename(secrets)));
  if (existsSync(config.auditFolder)) copyTree(config.auditFolder, path.join(to, 'audit'));
}

function keepKeys(config: Config, to: string | null): string[] {
  if (to === null) return [];
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const there = KEYS_APART.filter((name) => existsSync(path.join(config.home, name)));
  for (const name of there) copyTree(path.join(config.home, name), path.join(to, name));
  return there;
}

function removeOld(folder: string, keep: number): string[] {
  const { base, wal } = backupPaths(folder);
  const all = baseBackups(folder);
  const old = all.slice(keep);
  for (const { name } of old) rmSync(path.join(base, name), { recursive: true });
  const needed = all[Math.min(keep, all.length) - 1]?.firstLog;
  if (old.length > 0 && needed !== undefined) {
    // Names sort by timeline first: what a later timeline continues stays, by the number within it.
    for (const file of readdirSync(wal)) {
      if (/^[0-9A-F]{24}/.test(file) && file.slice(8, 24) < needed.slice(8)) rmSync(path.join(wal, file));
    }
  }
  return old.map(({ name }) => name);
}
