/** A backup of the running database, what its archived log has beyond it, and a restore as of a moment between. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import { signHead } from '../../../activities/audit-checkpoints';
import { verifyAudit } from '../../../activities/verify-audit';
import { appendAudit } from '../../../db/audit';
import { connect } from '../../../db/connect';
import { migrate } from '../../../db/migrate';
import { auditSigningOf } from '../../../server/audit-signing';
import { backupPaths, baseBackups } from '../../../server/backup/backup-folder';
import { restoreBackup } from '../../../server/backup/restore-backup';
import { takeBackup } from '../../../server/backup/take-backup';
import type { Config } from '../../../server/config';
import { embeddedDatabaseUrl } from '../../../server/connections';
import { ensureSecrets } from '../../../server/home';
import { startPostgres } from '../../../server/services/postgres';
import { until } from '../../support/until';
import { scratchConfig } from './scratch-config';

jest.setTimeout(180_000);

let config: Config;
let folder: string;
let keys: string;
let stop: () => Promise<void>;
let db: Knex;

beforeAll(async () => {
  const scratch = await scratchConfig();
  // The server runs as another user where this runs as root.
  chmodSync(scratch.home, 0o755);
  [folder, keys] = [path.join(scratch.home, 'backup'), path.join(scratch.home, 'keys')];
  config = {
    ...scratch,
    home: path.join(scratch.home, 'home'),
    evidenceFolder: path.join(scratch.home, 'home', 'evidence'),
    // As it should be, beside the home folder that is lost.
    auditFolder: path.join(scratch.home, 'audit'),
    backupFolder: folder,
  };
  await start();
  await migrate(db);
});

afterAll(async () => {
  await stop();
  rmSync(path.dirname(config.home), { recursive: true, force: true });
});

async function start(): Promise<void> {
  const service = await startPostgres(config, () => undefined);
  db = connect(url());
  stop = async () => {
    await db.destroy();
    await service.stop();
  };
}

const url = () => embeddedDatabaseUrl(config, ensureSecrets(config.home));
const note = (subject: string) => appendAudit(db, { actorId: null, action: 'results.submit', subject });
const sign = () => signHead(db, auditSigningOf(config), new Date(), 'daily');
const subjects = () => db('audit_log').orderBy('seq').pluck<string[]>('subject');

async function now(): Promise<Date> {
  const { rows } = await db.raw<{ rows: { at: Date }[] }>('select clock_timestamp() as at');
  return rows[0]?.at ?? new Date();
}

/** Until everything so far is in the archive. */
async function archived(): Promise<void> {
  const { rows } = await db.raw<{ rows: { file: string }[] }>(
    'select pg_walfile_name(pg_switch_wal()) as file',
  );
  await until(
    () => Promise.resolve(readdirSync(backupPaths(folder).wal)),
    (files) => files.includes(rows[0]?.file ?? ''),
  );
}

const back = () => takeBackup(config, url(), { folder, keep: 2, keys });

let moment: Date;

test('a backup has the database, evidence and what was signed, and the keys lie apart from it', async () => {
  mkdirSync(config.evidenceFolder, { recursive: true });
  writeFileSync(path.join(config.evidenceFolder, 'photo'), 'light');
  await note('visit/1');
  await sign();
  const made = await back();
  expect(made).toMatchObject({ evidence: 1, keys: ['audit-key.pem'], removed: [] });
  const home = path.join(backupPaths(folder).base, made.name, 'home');
  expect(readdirSync(home).sort()).toEqual(['audit', 'secrets.json']);
  const everything = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  expect(everything.filter((name) => /(audit|sign-in)-key/.test(name))).toEqual([]);
});

test('all is lost; restored as of a moment, what came before it is there, what came later is gone, and both are told', async () => {
  await note('visit/2');
  await sign();
  moment = await now();
  await new Promise((resolve) => setTimeout(resolve, 50));
  await note('visit/3');
  await sign();
  await archived();
  await stop();
  const key = readFileSync(path.join(config.home, 'audit-key.pem'), 'utf8');
  rmSync(config.home, { recursive: true });

  const restored = await restoreBackup(config, { folder, to: moment, keys }, () => undefined);
  expect(restored).toMatchObject({ evidence: 1, keys: ['audit-key.pem'] });
  expect(restored.setAside.map((file) => path.relative(config.auditFolder, file))).toEqual([
    'restored-to-2/checkpoints/000000000003.txt',
    'restored-to-2/head.txt',
  ]);
  expect(readFileSync(path.join(config.home, 'audit-key.pem'), 'utf8')).toBe(key);
  expect(readFileSync(path.join(config.evidenceFolder, 'photo'), 'utf8')).toBe('light');

  await start();
  expect(await subjects()).toEqual(['visit/1', 'visit/2', 'system/database']);
  const entry = await db('audit_log').where({ action: 'system.restore' }).first<{ after: object }>();
  expect(entry.after).toMatchObject({ to: moment.toISOString(), entries: 2, signedBeyond: 2 });
  await sign();
  expect(await verifyAudit(db, { folder: config.auditFolder, keys: null })).toMatchObject({
    ...{ ok: true, entries: 3, problems: [] },
  });
});

test('the restored database is archived and backed up in its turn, and restored to its end', async () => {
  await note('visit/4');
  await back();
  await note('visit/5');
  await archived();
  await stop();
  rmSync(config.home, { recursive: true });
  const { lastTransactionAt } = await restoreBackup(
    config,
    { folder, to: null, keys: null },
    () => undefined,
  );
  expect(lastTransactionAt?.getTime()).toBeGreaterThan(moment.getTime());
  expect(existsSync(path.join(config.home, 'audit-key.pem'))).toBe(false);
  await start();
  expect(await subjects()).toEqual([
    ...['visit/1', 'visit/2', 'system/database', 'visit/4', 'visit/5'],
    'system/database',
  ]);
});

test('only as many backups stay as are wanted, with the log that they need', async () => {
  const first = baseBackups(folder).at(-1)?.name;
  const { removed, firstLog } = await back();
  expect(removed).toEqual([first]);
  const [, older] = baseBackups(folder);
  const logs = readdirSync(backupPaths(folder).wal).filter((file) => /^[0-9A-F]{24}$/.test(file));
  expect(logs.every((file) => file.slice(8) >= (older?.firstLog.slice(8) ?? ''))).toBe(true);
  expect(logs.some((file) => file.slice(8) < firstLog.slice(8))).toBe(true);
});

test('nothing is restored over data that are there, nor to a moment before the first backup', async () => {
  const restore = (given: Config, to: Date | null) =>
    restoreBackup(given, { folder, to, keys: null }, () => undefined);
  await expect(restore(config, null)).rejects.toThrow('overwrites nothing');
  const elsewhere = { ...config, home: path.join(path.dirname(config.home), 'other') };
  await expect(restore(elsewhere, new Date('2026-01-01T00:00:00Z'))).rejects.toThrow('no whole backup');
});
