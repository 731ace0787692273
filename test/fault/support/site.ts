/**
 * A system whose database, Temporal and mail server are servers of their own, as at a real site: reached over lines that can
 * be cut, on disks that can be filled, and kept running by somebody else than `npm start`. Its own clock can be set.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Config } from '../../../server/config';
import { configEnvironment } from '../../../server/config-environment';
import { embeddedDatabaseUrl } from '../../../server/connections';
import { ensureSecrets, homePaths } from '../../../server/home';
import type { ServiceName } from '../../../server/supervisor/running';
import { SupervisedChild } from '../../../server/supervisor/supervised-child';
import { scratchConfig } from '../../integration/server/scratch-config';
import { smallDisk, type SmallDisk } from '../../support/full-disk';
import { layLine, type Line } from './line';
import { layMailLine, type MailLine } from './mail-line';
import { RunningSystem } from './running-system';

const SERVERS = ['postgres', 'temporal', 'mail'] as const;
type ServerName = (typeof SERVERS)[number];

export const isServer = (name: ServiceName): name is ServerName => SERVERS.some((one) => one === name);

interface Surroundings {
  /** Where the servers listen and what they keep; the database has a home of its own, whose disk can be full. */
  servers: Config;
  database: Config;
  children: Record<ServerName, SupervisedChild>;
  lines: { postgres: Line; temporal: Line; mail: MailLine };
  /** null: this process may not mount one. */
  disks: { postgres: SmallDisk | null; evidence: SmallDisk | null };
  clock: string;
}

export class Site extends RunningSystem {
  private constructor(
    config: Config,
    env: Record<string, string>,
    private readonly surroundings: Surroundings,
  ) {
    super(config, env);
  }

  static async atSite(): Promise<Site> {
    const servers = await scratchConfig();
    const { ports, home } = servers;
    const database = { ...servers, home: path.join(home, 'database') };
    const { data } = homePaths(database.home);
    mkdirSync(data, { recursive: true });
    const disks = { postgres: smallDisk(data, '4g'), evidence: null as SmallDisk | null };
    const children = {
      postgres: serverOf('postgres', database),
      temporal: serverOf('temporal', servers),
      mail: serverOf('mail', servers),
    };
    await Promise.all(Object.values(children).map((child) => child.start()));
    const lines = {
      postgres: await layLine(ports.postgres),
      temporal: await layLine(ports.temporal),
      mail: await layMailLine(ports.smtp),
    };
    const databaseUrl = new URL(embeddedDatabaseUrl(database, ensureSecrets(database.home)));
    databaseUrl.port = String(lines.postgres.port);
    const config = await scratchConfig({
      ONEVISIT_SEED: 'yes',
      DATABASE_URL: databaseUrl.href,
      TEMPORAL_ADDRESS: `127.0.0.1:${lines.temporal.port}`,
      SMTP_URL: `smtp://127.0.0.1:${lines.mail.port}`,
    });
    mkdirSync(config.evidenceFolder, { recursive: true });
    disks.evidence = smallDisk(config.evidenceFolder, '16m');
    const clock = path.join(home, 'clock');
    const env = {
      NODE_OPTIONS: `--import ${pathToFileURL(path.join(__dirname, 'shifted-clock.mjs')).href}`,
      ONEVISIT_TEST_CLOCK: clock,
    };
    return new Site(config, env, { servers, database, children, lines, disks, clock });
  }

  get lines(): Surroundings['lines'] {
    return this.surroundings.lines;
  }

  get disks(): Surroundings['disks'] {
    return this.surroundings.disks;
  }

  override get mailHome(): string {
    return this.surroundings.servers.home;
  }

  /** Past the lines: for whoever looks at what became of it. */
  get databaseUrl(): string {
    const { database } = this.surroundings;
    return embeddedDatabaseUrl(database, ensureSecrets(database.home));
  }

  override get temporalAddress(): string {
    return `127.0.0.1:${this.surroundings.servers.ports.temporal}`;
  }

  override async start(): Promise<void> {
    for (const name of SERVERS) await this.pidOf(name);
    await super.start();
  }

  /** The clock of worker, API and their supervisor, from the next moment on. */
  setClock(offsetMs: number): void {
    writeFileSync(this.surroundings.clock, String(offsetMs));
  }

  override async killEverything(): Promise<void> {
    await Promise.all([super.killEverything(), ...SERVERS.map((name) => this.kill(name))]);
  }

  override async remove(): Promise<void> {
    const { children, lines, disks, servers } = this.surroundings;
    if (this.isRunning) await this.interrupt();
    disks.evidence?.remove();
    await super.remove();
    for (const name of ['temporal', 'mail', 'postgres'] as const) await children[name].stop();
    for (const line of Object.values(lines)) await line.stop();
    disks.postgres?.remove();
    if (!this.isKept) rmSync(servers.home, { recursive: true, force: true });
  }

  protected override partOf(name: ServiceName): { pid: number; serverPid: number | null } | undefined {
    return isServer(name) ? (this.surroundings.children[name].pids ?? undefined) : super.partOf(name);
  }
}

function serverOf(name: ServerName, servers: Config): SupervisedChild {
  return new SupervisedChild({
    ...{ name, label: name, env: configEnvironment(servers), stopTimeoutMs: 30_000 },
    file: path.join(__dirname, `../../../dist/server/services/${name}.js`),
    logFile: path.join(homePaths(servers.home).logs, `${name}-process.log`),
    print: () => undefined,
    onReady: () => undefined,
  });
}
