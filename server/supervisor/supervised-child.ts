import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, readFileSync } from 'node:fs';
import { openLog } from '../open-log';
import type { ServiceDetails, ServiceMessage } from '../services/service-host';
import { StartError } from '../start-error';

export interface ChildOptions {
  name: string;
  /** For people, Chinese first. */
  label: string;
  /** Compiled entry that sends `ready` over IPC and ends when IPC closes. */
  file: string;
  env: Record<string, string>;
  logFile: string;
  stopTimeoutMs: number;
  print: (text: string) => void;
  /** After each (re)start. */
  onReady: () => void;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;
/** After that long alive, the next death counts as the first. */
const SETTLED_MS = 10_000;
const FIRST_START_ATTEMPTS = 4;

/**
 * One part of the system as a child process: started, watched, restarted when it dies. Until it was ready once,
 * a few deaths in a row are final; later ones never are: what worked before will work again.
 */
export class SupervisedChild {
  private child: ChildProcess | null = null;
  private details: ServiceDetails | null = null;
  private deaths = 0;
  private stopping = false;
  private retry: NodeJS.Timeout | null = null;

  constructor(private readonly options: ChildOptions) {}

  get name(): string {
    return this.options.name;
  }

  /** `pid` is our child's, `serverPid` the real server's where the child runs one. Null while it is down. */
  get pids(): { pid: number; serverPid: number | null } | null {
    if (this.child?.pid === undefined || !this.details) return null;
    return { pid: this.child.pid, serverPid: this.details.pid ?? null };
  }

  /** Resolves when it is ready for the first time; rejects when it can't be started. */
  async start(): Promise<ServiceDetails> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.launch();
      } catch (error) {
        if (this.mustEnd() || error instanceof StartError) throw error;
        if (attempt === FIRST_START_ATTEMPTS) throw this.givenUp(error as Error);
        await new Promise((resolve) => setTimeout(resolve, FIRST_DELAY_MS * 2 ** (attempt - 1)));
        if (this.mustEnd()) throw error;
      }
    }
  }

  /** From now on its end is no failure. */
  expectEnd(): void {
    this.stopping = true;
    if (this.retry) clearTimeout(this.retry);
  }

  /** Asks it to end, and makes it end after its time limit. */
  async stop(): Promise<void> {
    this.expectEnd();
    const child = this.child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const timer = setTimeout(() => {
      this.options.print(`${this.options.label} 未按时停止，强制结束 did not stop in time, killed`);
      child.kill('SIGKILL');
    }, this.options.stopTimeoutMs);
    await gone;
    clearTimeout(timer);
  }

  private mustEnd(): boolean {
    return this.stopping;
  }

  /** One life of the process, as far as being ready; its death after that is handled here. */
  private launch(): Promise<ServiceDetails> {
    const { file, env, logFile, label, print } = this.options;
    const log = openLog(logFile);
    const child = fork(file, [], {
      env: { ...process.env, ...env },
      execArgv: ['--enable-source-maps'],
      stdio: ['ignore', log, log, 'ipc'],
      // Its own process group: Ctrl-C must not end the parts in any order but ours.
      detached: true,
    });
    closeSync(log);
    this.child = child;
    this.details = null;
    const began = Date.now();
    return new Promise((resolve, reject) => {
      let fatal: string | null = null;
      child.on('message', (message: ServiceMessage) => {
        if (message.type === 'progress') print(`${label}：${message.text}`);
        if (message.type === 'fatal') fatal = message.message;
        if (message.type === 'ready') {
          this.details = message.details;
          this.options.onReady();
          resolve(this.details);
        }
      });
      child.on('error', reject);
      child.on('exit', (code, signal) => {
        const wasReady = this.details !== null;
        this.details = null;
        if (this.stopping) {
          reject(new Error(`${label}: stopped`));
        } else if (wasReady) {
          if (Date.now() - began > SETTLED_MS) this.deaths = 0;
          this.restartLater(signal ?? `exit ${String(code)}`);
        } else {
          reject(fatal === null ? new Error(signal ?? `exit code ${String(code)}`) : sayAsIs(fatal));
        }
      });
    });
  }

  private restartLater(reason: string): void {
    const delay = Math.min(FIRST_DELAY_MS * 2 ** this.deaths, LONGEST_DELAY_MS);
    this.deaths += 1;
    const { label, print } = this.options;
    print(`${label} 意外结束（${reason}），${String(delay / 1000)} 秒后重启 ended unexpectedly, restarting`);
    this.retry = setTimeout(() => {
      this.launch().then(
        () => {
          print(`${label} 已恢复 is back`);
        },
        (error: unknown) => {
          if (!this.stopping) this.restartLater((error as Error).message.split('\n')[0] ?? '');
        },
      );
    }, delay);
  }

  private givenUp(error: Error): StartError {
    const { label, logFile } = this.options;
    const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-15);
    return new StartError(
      `${label} 启动失败（${error.message}）。日志 ${logFile} 的末尾：\n${lines.map((line) => `  | ${line}`).join('\n')}`,
      `${label} could not be started; the end of its log is above.`,
    );
  }
}

/** The child composed the message, both languages in it. */
function sayAsIs(message: string): StartError {
  const [english = '', ...chinese] = message.split('\n').reverse();
  return new StartError(chinese.reverse().join('\n'), english);
}
