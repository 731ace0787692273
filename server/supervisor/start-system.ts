import path from 'node:path';
import { connect } from '../../db/connect';
import { migrate } from '../../db/migrate';
import type { Config } from '../config';
import { configEnvironment } from '../config-environment';
import { resolveConnections, type Connections } from '../connections';
import { ensureLogins } from './ensure-logins';
import { ensureSecrets, homePaths } from '../home';
import { assertPortFree } from '../ports';
import { checkDatabase, checkSmtp, checkTemporal } from './check-external';
import type { SeedOptions } from '../seed-city';
import { offerSeed, type SeedLogin } from './offer-seed';
import { claimHome, publishRunning, releaseHome, type Addresses, type ServiceName } from './running';
import { SupervisedChild } from './supervised-child';

export interface StartOptions {
  print: (text: string) => void;
  /** Decides for ONEVISIT_SEED=ask; without it such a database stays empty. */
  ask?: () => Promise<boolean>;
  /** Seeds an empty database with this, whatever ONEVISIT_SEED says. */
  seed?: SeedOptions;
  /** Gets the seeded city's logins as soon as they exist: they can't be had again should the start fail later. */
  onSeeded?: (logins: SeedLogin[]) => void;
  /** Aborting stops whatever was started; the start then rejects. */
  signal?: AbortSignal;
}

export interface System {
  addresses: Addresses;
  connections: Connections;
  /** The seeded city's logins; null when nothing was seeded in this start. */
  logins: SeedLogin[] | null;
  /** Ends the parts in order; can be called twice. */
  stop: () => Promise<void>;
}

const STOP_ORDER: [ServiceName, number][] = [
  ['api', 10_000],
  ['worker', 20_000],
  ['temporal', 15_000],
  ['mail', 5000],
  ['postgres', 30_000],
];
const LABELS: Record<ServiceName, string> = {
  postgres: '数据库 PostgreSQL',
  temporal: '工作流引擎 Temporal',
  mail: '邮件 mail',
  worker: '后台任务 worker',
  api: '网页与接口 web and API',
};

/**
 * Starts the whole system on a home folder, embedded parts only where none is configured, and watches over it.
 * Throws StartError with the way out; nothing is left running then.
 */
export async function startSystem(config: Config, options: StartOptions): Promise<System> {
  await claimHome(config.home);
  const supervisor = new Supervisor(config, options.print);
  options.signal?.addEventListener('abort', () => void supervisor.stop());
  try {
    return await supervisor.start(options);
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
}

class Supervisor {
  private readonly children = new Map<ServiceName, SupervisedChild>();
  private readonly env: Record<string, string>;
  private addresses: Addresses | null = null;
  private stopped: Promise<void> | null = null;

  constructor(
    private readonly config: Config,
    private readonly print: (text: string) => void,
  ) {
    this.env = configEnvironment(config);
  }

  async start({ ask, print, onSeeded, seed }: StartOptions): Promise<System> {
    const { config } = this;
    await assertPortFree(config.ports.web, config.bind, { chinese: '网页与接口', english: 'web and API' });
    if (!config.databaseUrl) ensureSecrets(config.home);
    const connections = resolveConnections(config);

    const [logins] = await Promise.all([
      this.startDatabase(connections, ask, seed).then((seeded) => {
        if (seeded) onSeeded?.(seeded);
        return seeded;
      }),
      config.temporalAddress ? checkTemporal(config) : this.startChild('temporal'),
      config.smtpUrl
        ? checkSmtp(config).then((warning) => {
            if (warning) print(warning);
          })
        : this.startChild('mail'),
    ]);
    const resolved = {
      // Neither changes the schema.
      DATABASE_OWNER_URL: '',
      TEMPORAL_ADDRESS: connections.temporalAddress,
      SMTP_URL: connections.smtpUrl,
    };
    await Promise.all([
      this.startChild('worker', { ...resolved, DATABASE_URL: connections.workerUrl }),
      this.startChild('api', { ...resolved, DATABASE_URL: connections.apiUrl }),
    ]);

    this.addresses = this.addressesOf();
    this.publish();
    return { addresses: this.addresses, connections, logins, stop: () => this.stop() };
  }

  stop(): Promise<void> {
    this.stopped ??= this.stopInOrder();
    return this.stopped;
  }

  private async stopInOrder(): Promise<void> {
    for (const child of this.children.values()) child.expectEnd();
    for (const [name] of STOP_ORDER) await this.children.get(name)?.stop();
    releaseHome(this.config.home);
  }

  private async startDatabase(
    connections: Connections,
    ask: StartOptions['ask'],
    seed: StartOptions['seed'],
  ): Promise<SeedLogin[] | null> {
    await (this.config.databaseUrl ? checkDatabase(this.config.databaseUrl) : this.startChild('postgres'));
    const db = connect(connections.ownerUrl, { poolMax: 2, applicationName: 'onevisit-start' });
    try {
      const applied = await migrate(db);
      if (applied.length > 0) this.print(`数据库结构已更新 database migrated：${applied.join('、')}`);
      if (!this.config.databaseUrl) await ensureLogins(db, ensureSecrets(this.config.home));
      return await offerSeed(db, this.config, {
        print: this.print,
        ...(ask ? { ask } : {}),
        ...(seed ? { seed } : {}),
      });
    } finally {
      await db.destroy();
    }
  }

  private async startChild(name: ServiceName, env: Record<string, string> = {}): Promise<void> {
    if (this.stopped) throw new Error('stopped');
    const child = new SupervisedChild({
      name,
      label: LABELS[name],
      file: entryFile(name),
      env: { ...this.env, ...env },
      logFile: path.join(homePaths(this.config.home).logs, `${name}-process.log`),
      stopTimeoutMs: STOP_ORDER.find(([each]) => each === name)?.[1] ?? 10_000,
      print: this.print,
      onReady: () => {
        this.publish();
      },
    });
    this.children.set(name, child);
    const began = Date.now();
    await child.start();
    this.print(`${LABELS[name]} ✓ ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }

  private publish(): void {
    if (this.stopped) return;
    const services: Parameters<typeof publishRunning>[1]['services'] = {};
    for (const [name, child] of this.children) {
      if (child.pids) services[name] = child.pids;
    }
    publishRunning(this.config.home, { addresses: this.addresses, ports: this.config.ports, services });
  }

  private addressesOf(): Addresses {
    const { config } = this;
    const local = (port: number) => `http://localhost:${String(port)}`;
    return {
      web: config.publicUrl,
      api: `http://${loopbackOf(config.bind)}:${String(config.ports.web)}`,
      mailPage: config.smtpUrl ? null : `http://${loopbackOf(config.bind)}:${String(config.ports.mailPage)}`,
      temporalUi: config.temporalAddress ? null : local(config.ports.temporalUi),
    };
  }
}

/** How this machine itself reaches what listens on an address. */
function loopbackOf(bind: string): string {
  if (bind === '0.0.0.0' || bind === '127.0.0.1') return 'localhost';
  if (bind === '::') return '[::1]';
  return bind.includes(':') ? `[${bind}]` : bind;
}

function entryFile(name: ServiceName): string {
  // From the sources (tests) the children are still the compiled ones.
  const server = __filename.endsWith('.ts')
    ? path.join(__dirname, '../../dist/server')
    : path.join(__dirname, '..');
  return path.join(server, name === 'worker' || name === 'api' ? '' : 'services', `${name}.js`);
}
