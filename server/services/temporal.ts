import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { loadConfig, type Config } from '../config';
import { homePaths, writeFileAtomic } from '../home';
import { openLog } from '../open-log';
import { assertPortFree } from '../ports';
import { commandLineOf, endProcess, isAlive } from '../process-info';
import { findTemporal } from './find-temporal';
import { ownChild } from './own-children';
import { hostService, type RunningService } from './service-host';

const SHUTDOWN: [NodeJS.Signals, number][] = [['SIGTERM', 10_000]];
const READY_TIMEOUT_MS = 90_000;

/** Runs Temporal's development server on the home folder's database file; finds or fetches it first. */
export async function startTemporal(
  config: Config,
  progress: (text: string) => void,
): Promise<RunningService> {
  const paths = homePaths(config.home);
  mkdirSync(paths.data, { recursive: true });
  const found = await findTemporal({ cacheDir: config.cacheDir, onProgress: progress });
  await stopOrphan(paths.temporalPid, paths.temporalDb, progress);
  const { temporal, temporalUi } = config.ports;
  await assertPortFree(temporal, '127.0.0.1', { chinese: 'Temporal 服务', english: 'Temporal' });
  await assertPortFree(temporalUi, '127.0.0.1', { chinese: 'Temporal 界面', english: 'Temporal UI' });

  const logFile = path.join(paths.logs, 'temporal.log');
  const log = openLog(logFile);
  const child = spawn(
    found.path,
    [
      ...[
        'server',
        'start-dev',
        '--ip',
        '127.0.0.1',
        '--port',
        String(temporal),
        '--ui-port',
        String(temporalUi),
      ],
      ...['--db-filename', paths.temporalDb, '--namespace', config.temporalNamespace, '--log-level', 'error'],
    ],
    // Its own process group: Ctrl-C must not reach it before the worker.
    { cwd: paths.data, stdio: ['ignore', log, log], detached: true },
  );
  closeSync(log);
  ownChild(child, SHUTDOWN);
  if (child.pid !== undefined) writeFileAtomic(paths.temporalPid, `${String(child.pid)}\n`);
  const died = new Promise<string>((resolve) => {
    child.on('error', (error) => {
      resolve(`Temporal could not be run: ${error.message}`);
    });
    child.on('exit', (code, signal) => {
      resolve(`Temporal ended: ${signal ?? `exit code ${String(code)}`}`);
    });
  });
  await Promise.race([
    answers(config),
    died.then((reason) => Promise.reject(new Error(`${reason}; see ${logFile}`))),
  ]);
  const pid = child.pid;
  return {
    details: { ...(pid === undefined ? {} : { pid }), source: found.source },
    died,
    stop: async () => {
      if (pid !== undefined) await endProcess(pid, SHUTDOWN);
      rmSync(paths.temporalPid, { force: true });
    },
  };
}

/** A server that an unclean end left holds the database file: two of them would spoil it. */
async function stopOrphan(pidFile: string, dbFile: string, progress: (text: string) => void): Promise<void> {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  if (pid > 1 && isAlive(pid) && commandLineOf(pid)?.includes(dbFile)) {
    progress(`停止上次遗留的 Temporal stopping the Temporal left by the last run (pid ${String(pid)}) …`);
    await endProcess(pid, SHUTDOWN);
  }
  rmSync(pidFile, { force: true });
}

async function answers(config: Config): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    try {
      const connection = await Connection.connect({
        address: `127.0.0.1:${String(config.ports.temporal)}`,
        connectTimeout: '2s',
      });
      try {
        await connection.workflowService.describeNamespace({ namespace: config.temporalNamespace });
        return;
      } finally {
        await connection.close();
      }
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

if (require.main === module) hostService((progress) => startTemporal(loadConfig(), progress));
