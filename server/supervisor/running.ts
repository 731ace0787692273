import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../config';
import { homePaths, writeFileAtomic } from '../home';
import { commandLineOf, endProcess, isAlive, startTimeOf, waitUntilGone } from '../process-info';
import { StartError } from '../start-error';

export const SERVICE_NAMES = ['postgres', 'temporal', 'mail', 'worker', 'api'] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

export interface Addresses {
  /** For people; may lead through a reverse proxy. */
  web: string;
  /** Where this machine reaches the API itself. */
  api: string;
  mailPage: string | null;
  temporalUi: string | null;
}

/** What run.json says about a system on a home folder. */
export interface Running {
  /** The supervisor. */
  pid: number;
  startTime: string | null;
  startedAt: string;
  /** Null until everything is up. */
  addresses: Addresses | null;
  /** What its embedded servers listen on: a command on this home may be configured otherwise. */
  ports: Config['ports'] | null;
  /** The parts that are up; `serverPid` is the real server's where the part runs one (PostgreSQL, Temporal). */
  services: Partial<Record<ServiceName, { pid: number; serverPid: number | null }>>;
}

/** The live system on a home folder, or null. A file that a dead one left counts for nothing. */
export function readRunning(home: string): Running | null {
  const running = readFile(home);
  return running && isTheSame(running) ? running : null;
}

/** Claims the home folder for this process; throws where another live system has it or it can't be written. */
export async function claimHome(home: string): Promise<void> {
  const file = homePaths(home).run;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    for (;;) {
      try {
        createWhole(file, JSON.stringify(thisProcess()));
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const previous = readFile(home);
      if (previous && isTheSame(previous)) throw alreadyRunning(home, previous);
      if (previous) await endLeftovers(previous);
      rmSync(file, { force: true });
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new StartError(
      `不能写入文件夹 ${home}（${reason}）。请检查权限与磁盘空间，或把 ONEVISIT_HOME 设为可写的文件夹。`,
      `Cannot write to ${home} (${reason}). Check permissions and disk space, or set ONEVISIT_HOME to a folder that can be written.`,
    );
  }
}

export function publishRunning(home: string, state: Pick<Running, 'addresses' | 'ports' | 'services'>): void {
  writeFileAtomic(homePaths(home).run, JSON.stringify({ ...thisProcess(), ...state }, null, 2) + '\n');
}

export function releaseHome(home: string): void {
  if (readFile(home)?.pid === process.pid) rmSync(homePaths(home).run, { force: true });
}

const startedAt = new Date().toISOString();

function thisProcess(): Running {
  return {
    pid: process.pid,
    startTime: startTimeOf(process.pid),
    startedAt,
    addresses: null,
    ports: null,
    services: {},
  };
}

function readFile(home: string): Running | null {
  const file = homePaths(home).run;
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Running;
  } catch {
    // Cut off by a full disk or a crash.
    return null;
  }
}

function isTheSame(running: Running): boolean {
  return (
    isAlive(running.pid) && (running.startTime === null || startTimeOf(running.pid) === running.startTime)
  );
}

/** Creates a file with its content in one step; fails where it exists. */
function createWhole(file: string, content: string): void {
  const next = `${file}.${String(process.pid)}.claim`;
  writeFileSync(next, content);
  try {
    linkSync(next, file);
  } finally {
    rmSync(next, { force: true });
  }
}

/** The parts of a supervisor that was killed end by themselves: they get the time for it, and no more. */
async function endLeftovers(previous: Running): Promise<void> {
  await Promise.all(
    Object.values(previous.services).map(async ({ pid }) => {
      const isOurs = () => commandLineOf(pid)?.includes(path.join('dist', 'server')) ?? false;
      if (!isOurs() || (await waitUntilGone(pid, 15_000))) return;
      if (isOurs()) await endProcess(pid, [['SIGTERM', 5000]]);
    }),
  );
}

function alreadyRunning(home: string, running: Running): StartError {
  const where = running.addresses ? `：${running.addresses.web}` : '';
  return new StartError(
    `${home} 上已有一个一次查在运行（进程 ${String(running.pid)}）${where}。可直接使用它，或先停止它；` +
      '要另开一个，请同时设置 ONEVISIT_HOME 与 ONEVISIT_PORT。',
    `OneVisit is already running on ${home} (pid ${String(running.pid)})${running.addresses ? ` at ${running.addresses.web}` : ''}. ` +
      'Use it or stop it first; for a second one set both ONEVISIT_HOME and ONEVISIT_PORT.',
  );
}
