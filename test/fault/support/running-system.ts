/** `npm start` as a user has it, on a scratch folder, with its parts at hand to be killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, watch } from 'node:fs';
import path from 'node:path';
import type { Config } from '../../../server/config';
import { configEnvironment } from '../../../server/config-environment';
import { homePaths } from '../../../server/home';
import { isAlive, waitUntilGone } from '../../../server/process-info';
import { readRunning, SERVICE_NAMES, type ServiceName } from '../../../server/supervisor/running';
import { scratchConfig } from '../../integration/server/scratch-config';

export const RUN = path.join(__dirname, '../../../tools/run.mjs');
const PATIENCE_MS = 90_000;
const LOOK_EVERY_MS = 50;

/** One run of `npm start`: what it says, and how it ends. */
export interface Launch {
  child: ChildProcess;
  output: () => string;
  /** Exit code, or the signal that ended it. */
  ended: Promise<number | string>;
}

export function launch(config: Config, env: Record<string, string> = {}, run = RUN): Launch {
  const child = spawn(process.execPath, [run, 'start'], {
    env: { ...process.env, ...configEnvironment(config), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const ended = new Promise<number | string>((resolve, reject) => {
    child.on('error', reject).on('close', (code, signal) => {
      resolve(code ?? signal ?? 'unknown');
    });
  });
  return { child, output: () => output, ended };
}

export class RunningSystem {
  private current: Launch | null = null;
  protected isKept = false;

  protected constructor(
    readonly config: Config,
    /** Of its processes, beside the configuration. */
    private readonly env: Record<string, string> = {},
  ) {}

  static async create(env: Record<string, string> = {}): Promise<RunningSystem> {
    return new RunningSystem(await scratchConfig({ ONEVISIT_SEED: 'yes', ...env }));
  }

  get output(): string {
    return this.current?.output() ?? '';
  }

  protected get isRunning(): boolean {
    return this.current?.child.exitCode === null && this.current.child.signalCode === null;
  }

  /** Resolves when the first page can be had. `run`: of another version than this one. */
  async start(run = RUN): Promise<void> {
    const launched = launch(this.config, this.env, run);
    this.current = launched;
    await until(() => {
      if (launched.child.exitCode !== null) throw new Error(`npm start ended:\n${launched.output()}`);
      return launched.output().includes('first page after');
    }, 'the first page');
  }

  /** Ctrl-C; gives the exit code. */
  async interrupt(): Promise<number | string> {
    this.current?.child.kill('SIGINT');
    return (await this.current?.ended) ?? 'not started';
  }

  /** The ids of everything that runs: supervisor, parts, and the servers that parts run. */
  pids(): number[] {
    const running = readRunning(this.config.home);
    if (!running) return [];
    return [
      running.pid,
      ...Object.values(running.services).flatMap((one) => [one.pid, one.serverPid ?? one.pid]),
    ];
  }

  /** Kills one part, the server itself where it runs one; waits for it first where it is just restarting. */
  async kill(name: ServiceName): Promise<void> {
    const pid = await this.pidOf(name);
    killIfThere(pid);
    await waitUntilGone(pid, PATIENCE_MS);
  }

  /** Nothing of a part runs for a time, as on a machine that is moved; it knows nothing of it. */
  async pause(name: ServiceName, ms: number): Promise<void> {
    const pid = await this.pidOf(name);
    const stopped = [pid, ...childrenOf(pid)];
    for (const one of stopped) signalIfThere(one, 'SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, ms));
    for (const one of stopped) signalIfThere(one, 'SIGCONT');
  }

  /** Parts that are away now. */
  missing(): ServiceName[] {
    return SERVICE_NAMES.filter((name) => {
      const part = this.partOf(name);
      return part === undefined || !isAlive(part.pid);
    });
  }

  get temporalAddress(): string {
    return `127.0.0.1:${this.config.ports.temporal}`;
  }

  /** Where the mails are kept that have arrived. */
  get mailHome(): string {
    return this.config.home;
  }

  /** The server of a part where it runs one, else the part; waited for where it is just restarting. */
  protected pidOf(name: ServiceName): Promise<number> {
    return until(() => {
      const part = this.partOf(name);
      const found = part && (part.serverPid ?? part.pid);
      return found !== undefined && isAlive(found) && found;
    }, `${name} to be there`);
  }

  protected partOf(name: ServiceName): { pid: number; serverPid: number | null } | undefined {
    return readRunning(this.config.home)?.services[name];
  }

  /** Kills the worker the moment a mail has arrived: the server has taken it, and nobody has recorded that. */
  killWorkerAtNextMail(): void {
    const watcher = watch(homePaths(this.mailHome).mail, (_, name) => {
      if (!name?.endsWith('.eml')) return;
      watcher.close();
      killIfThere(readRunning(this.config.home)?.services.worker?.pid ?? 0);
    });
  }

  /** A power cut, as far as processes can tell. */
  async killEverything(): Promise<void> {
    const pids = this.pids();
    for (const pid of new Set(pids)) killIfThere(pid);
    await Promise.all(pids.map((pid) => waitUntilGone(pid, PATIENCE_MS)));
    await this.current?.ended;
  }

  /** The parts are left without anybody to watch over them. */
  async killSupervisor(): Promise<void> {
    killIfThere(await until(() => readRunning(this.config.home)?.pid, 'the supervisor to be there'));
    await this.current?.ended;
  }

  /** For its logs, where something went wrong. */
  keepFolder(): void {
    this.isKept = true;
  }

  /** Ends whatever still runs and removes the folder. */
  async remove(): Promise<void> {
    if (this.isRunning) await this.interrupt();
    if (!this.isKept) rmSync(this.config.home, { recursive: true, force: true });
  }
}

/** Looks again and again until something is there. */
export async function until<T>(look: () => T | null | undefined | false, what: string): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function killIfThere(pid: number): void {
  signalIfThere(pid, 'SIGKILL');
}

function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** PostgreSQL's are one for each connection. */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return new RegExp(`^PPid:\\s+${parent}$`, 'm').test(readFileSync(`/proc/${pid}/status`, 'utf8'));
      } catch {
        // It ended meanwhile.
        return false;
      }
    });
}
