/** What lies where in BACKUP_FOLDER. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const backupPaths = (folder: string) => ({
  /** One folder per base backup, named after when it was begun. */
  base: path.join(folder, 'base'),
  /** The archived log, one file per 16 MiB. */
  wal: path.join(folder, 'wal'),
  evidence: path.join(folder, 'evidence'),
});

/** Of a base backup; written last, so that one without it is not whole. */
export interface BaseBackup {
  name: string;
  begunAt: string;
  finishedAt: string;
  /** The first file of the log that it needs. */
  firstLog: string;
  files: number;
  bytes: number;
}

export const LABEL = 'backup.json';

/**
 * Keys in ONEVISIT_HOME that must not lie beside a copy of the database: who has both could sign another history, or read
 * people's second factors.
 */
export const KEYS_APART = ['audit-key.pem', 'sign-in-key'];

/** Whole base backups, the newest first. */
export function baseBackups(folder: string): BaseBackup[] {
  const { base } = backupPaths(folder);
  if (!existsSync(base)) return [];
  return readdirSync(base)
    .sort()
    .reverse()
    .map((name) => path.join(base, name, LABEL))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as BaseBackup);
}

/** When the newest one was finished; null where there is none. */
export function newestBackup(folder: string | null): Date | null {
  const [newest] = folder === null ? [] : baseBackups(folder);
  return newest ? new Date(newest.finishedAt) : null;
}
