import type { ChildProcess } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { backupPaths } from '../backup/backup-folder';
import { loadConfig, type Config } from '../config';
import { embeddedDatabaseUrl } from '../connections';
import { ensureSecrets, homePaths } from '../home';
import { openLog } from '../open-log';
import { assertPortFree } from '../ports';
import { commandLineOf, endProcess, isAlive } from '../process-info';
import { StartError } from '../start-error';
import { ownChild } from './own-children';
import {
  postgresBinaries,
  postgresUser,
  type PostgresBinaries,
  type PostgresUser,
} from './postgres-binaries';
import { hostService, type RunningService } from './service-host';

/** SIGINT is PostgreSQL's fast shutdown: open transactions are rolled back, everything committed is on disk. */
const FAST_SHUTDOWN: [NodeJS.Signals, number][] = [
  ['SIGINT', 20_000],
  ['SIGQUIT', 5000],
];

/** Runs the embedded PostgreSQL on the home folder's data; makes the cluster and the database when they are missing. */
export async function startPostgres(
  config: Config,
  progress: (text: string) => void,
): Promise<RunningService> {
  const paths = homePaths(config.home);
  const secrets = ensureSecrets(config.home);
  mkdirSync(paths.data, { recursive: true });
  await stopOrphan(paths.postgres, progress);
  await assertPortFree(config.ports.postgres, '127.0.0.1', { chinese: '数据库', english: 'PostgreSQL' });

  const binaries = postgresBinaries();
  const user = postgresUser(binaries, paths.data);
  if (!existsSync(path.join(paths.postgres, 'PG_VERSION'))) {
    progress('创建数据库 creating the database …');
    await initialise(binaries, user, paths.postgres, secrets.postgresPassword);
  }
  checkVersion(paths.postgres);

  const logFile = path.join(paths.logs, 'postgres.log');
  const log = openLog(logFile);
  if (config.backupFolder !== null) makeArchive(config.backupFolder, user);
  const child = user.launch(binaries.postgres, serverArguments(config, paths.postgres), {
    cwd: paths.data,
    stdio: ['ignore', log, log],
    // Its own process group: Ctrl-C must not reach the database before those that still write to it.
    detached: true,
  });
  closeSync(log);
  ownChild(child, FAST_SHUTDOWN);
  const died = exitOf(child);
  const hasDied = new AbortController();
  await Promise.race([
    acceptsConnections(embeddedDatabaseUrl(config, secrets, 'postgres'), progress, hasDied.signal),
    died.then((reason) => {
      hasDied.abort();
      throw new Error(`${reason}; see ${logFile}`);
    }),
  ]);
  await ensureDatabase(embeddedDatabaseUrl(config, secrets, 'postgres'));
  const pid = child.pid;
  return {
    details: pid === undefined ? {} : { pid },
    died,
    stop: () => (pid === undefined ? Promise.resolve() : endProcess(pid, FAST_SHUTDOWN)),
  };
}

const MIB = 2 ** 20;

/** An eighth of the memory: a quarter is usual for a machine of its own, and here Node and Temporal run beside it. */
const sharedBuffersMiB = (memory: number): number =>
  Math.min(4096, Math.max(128, Math.floor(memory / 8 / MIB)));

function serverArguments(config: Config, dataDir: string): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: `${sharedBuffersMiB(os.totalmem())}MB`,
    max_wal_size: '2GB',
    jit: 'off',
    log_min_messages: 'warning',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] ',
    ...(config.backupFolder === null ? {} : archiving(backupPaths(config.backupFolder).wal)),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', dataDir, '-p', String(config.ports.postgres), ...flags];
}

/** The server itself writes there, as the user it runs as. */
function makeArchive(folder: string, { owner }: PostgresUser): void {
  const { wal } = backupPaths(folder);
  // The way to it has to be open to that user, what else lies there need not be.
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  mkdirSync(wal, { recursive: true, mode: 0o700 });
  if (owner) chownSync(wal, owner.uid, owner.gid);
}

/** Each file of the log is copied, synced and renamed; one that is there already must be the same. A minute at most is lost. */
function archiving(wal: string): Record<string, string> {
  const folder = wal.replaceAll('%', '%%').replaceAll("'", `'\\''`);
  const file = `'${folder}/%f'`;
  const part = `'${folder}/.%f.part'`;
  return {
    archive_mode: 'on',
    archive_timeout: '60',
    archive_command: `if test -f ${file}; then cmp -s "%p" ${file}; else cp "%p" ${part} && sync ${part} && mv ${part} ${file}; fi`,
  };
}

/** What an unclean end left: a server of this data that still runs is stopped, the file of a dead one removed. */
async function stopOrphan(dataDir: string, progress: (text: string) => void): Promise<void> {
  const pidFile = path.join(dataDir, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid) || !isPostgresOn(pid, dataDir)) {
    rmSync(pidFile, { force: true });
    return;
  }
  progress(`停止上次遗留的数据库 stopping the database left by the last run (pid ${String(pid)}) …`);
  await endProcess(pid, FAST_SHUTDOWN);
  rmSync(pidFile, { force: true });
}

function isPostgresOn(pid: number, dataDir: string): boolean {
  const command = commandLineOf(pid);
  // Unknown: PostgreSQL itself then judges the file.
  return command === null || (command.includes('postgres') && command.includes(dataDir));
}

async function initialise(
  binaries: PostgresBinaries,
  user: PostgresUser,
  dataDir: string,
  password: string,
): Promise<void> {
  // A cluster takes its place when it is whole: what an initialisation that was killed leaves looks like one.
  const newDir = `${dataDir}.new`;
  for (const left of [newDir, dataDir]) rmSync(left, { recursive: true, force: true });
  mkdirSync(newDir, { mode: 0o700 });
  const passwordFile = path.join(path.dirname(dataDir), `password-${String(process.pid)}`);
  writeFileSync(passwordFile, password + '\n', { mode: 0o600 });
  if (user.owner) {
    for (const file of [newDir, passwordFile]) chownSync(file, user.owner.uid, user.owner.gid);
  }
  let output = '';
  try {
    const child = user.launch(
      binaries.initdb,
      [
        ...['-D', newDir, '--username=onevisit', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
        // Sorts by code point, the same on every machine and for ever.
        ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ],
      { cwd: path.dirname(dataDir), stdio: ['ignore', 'pipe', 'pipe'] },
    );
    ownChild(child, [['SIGTERM', 2000]]);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject).on('close', resolve);
    });
    if (code !== 0) throw new Error(output.trim() || `exit code ${String(code)}`);
    renameSync(newDir, dataDir);
  } catch (error) {
    rmSync(newDir, { recursive: true, force: true });
    const reason = (error as Error).message;
    throw new StartError(
      `创建数据库失败：\n${reason}\n请检查磁盘空间与文件夹权限，或设置 DATABASE_URL。`,
      'Creating the database failed (reason above). Check disk space and permissions, or set DATABASE_URL.',
    );
  } finally {
    unlinkSync(passwordFile);
  }
}

function checkVersion(dataDir: string): void {
  const version = readFileSync(path.join(dataDir, 'PG_VERSION'), 'utf8').trim();
  if (version === '18') return;
  throw new StartError(
    `${dataDir} 是 PostgreSQL ${version} 的数据，内置的是 PostgreSQL 18。请用 pg_upgrade 升级，或换一个 ONEVISIT_HOME。`,
    `${dataDir} holds data of PostgreSQL ${version}; the embedded one is 18. Upgrade it with pg_upgrade, or use another ONEVISIT_HOME.`,
  );
}

function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      resolve(`PostgreSQL could not be run: ${error.message}`);
    });
    child.on('exit', (code, signal) => {
      resolve(`PostgreSQL ended: ${signal ?? `exit code ${String(code)}`}`);
    });
  });
}

/** Recovery after a crash may take long: it is waited for, and said. */
async function acceptsConnections(
  url: string,
  progress: (text: string) => void,
  hasDied: AbortSignal,
): Promise<void> {
  const began = Date.now();
  for (let nextNotice = 5000; !hasDied.aborted;) {
    try {
      await query(url, 'select 1');
      return;
    } catch (error) {
      const { code } = error as { code?: string };
      // 28P01: the password in secrets.json is not this cluster's.
      if (code === '28P01') {
        throw new StartError(
          '数据库密码与 secrets.json 不符。请恢复原来的 secrets.json，或换一个 ONEVISIT_HOME。',
          'The database does not accept the password in secrets.json. Restore that file, or use another ONEVISIT_HOME.',
        );
      }
    }
    const elapsed = Date.now() - began;
    if (elapsed > nextNotice) {
      progress(`数据库恢复中 the database is recovering … ${String(Math.round(elapsed / 1000))} s`);
      nextNotice += 5000;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const { rows } = await query(url, `select 1 from pg_database where datname = 'onevisit'`);
  if (rows.length === 0) await query(url, 'create database onevisit');
}

async function query(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

if (require.main === module) hostService((progress) => startPostgres(loadConfig(), progress));
