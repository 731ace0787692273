/** API, worker and built pages over the town of the tests, on Temporal's real server: what a browser meets at a site. */
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import type { Knex } from 'knex';
import { pino } from 'pino';
import { createApp } from '../../api/app';
import type { ApiContext, ApiSettings } from '../../api/context';
import { caller, cookieOf, type Caller } from '../integration/api/support';
import { buildCity, PASSWORD, type City } from './build-city';
import { reachedAs, testDatabase } from './database';
import { renderDocument } from '../../documents/render';
import { testEvidence, type TestEvidence } from './evidence';
import { freePorts } from './free-ports';
import { API_SETTINGS } from './api-settings';
import { testSmtp } from './smtp';
import { devServer } from './temporal';
import { runWorker } from './worker';

const WEB = path.resolve(__dirname, '../../dist/web');

export interface WebSystem {
  url: string;
  db: Knex;
  city: City;
  nobody: Caller;
  /** How far the API's clock goes ahead of ours. */
  clock: { aheadMs: number };
  signedIn(username: string): Promise<Caller>;
  /** The API goes away as a killed process does, with every connection. */
  stopApi(): Promise<void>;
  /** It comes back at the same address. */
  startApi(): Promise<void>;
  stop(): Promise<void>;
}

/** Other settings than the usual ones, for the address at which the system is reached. */
export type SettingsAt = (url: string) => Promise<Partial<ApiSettings>>;

export async function startWebSystem(settingsAt: SettingsAt = () => Promise.resolve({})): Promise<WebSystem> {
  if (!existsSync(path.join(WEB, 'index.html'))) {
    throw new Error('the web page is not built: npm run build');
  }
  const [database, env, smtp] = await Promise.all([testDatabase(), devServer(), testSmtp()]);
  const city = await buildCity(database.db);
  const clock = { aheadMs: 0 };
  const evidence = testEvidence();
  const worker = await runWorker(env, { db: database.db, smtpUrl: smtp.url });
  const reach = reachedAs('onevisit_api', database.db);
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const settings = await settingsAt(url);
  const begin = () => listen({ db: reach, campaigns: worker.gateway, evidence, clock, settings }, port);
  let server = await begin();
  const nobody = caller(url, null);
  const known = new Map<string, Promise<Caller>>();
  return {
    url,
    db: database.db,
    city,
    nobody,
    clock,
    signedIn: (username) => {
      let one = known.get(username);
      if (!one) known.set(username, (one = signIn(url, nobody, username)));
      return one;
    },
    stopApi: () => close(server),
    startApi: async () => {
      server = await begin();
    },
    stop: async () => {
      await close(server);
      await worker.stop();
      await env.teardown();
      await smtp.stop();
      await reach.destroy();
      await database.drop();
      evidence.remove();
    },
  };
}

interface Parts {
  db: Knex;
  campaigns: ApiContext['campaigns'];
  evidence: TestEvidence;
  clock: WebSystem['clock'];
  settings: Partial<ApiSettings>;
}

async function listen({ db, campaigns, evidence, clock, settings }: Parts, port: number) {
  const app = createApp({
    db,
    now: () => new Date(Date.now() + clock.aheadMs),
    settings: { ...API_SETTINGS, webDir: WEB, ...settings },
    campaigns,
    evidence,
    renderDocument,
    log: pino({ level: 'silent' }),
  });
  const server = createServer(app);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

async function signIn(url: string, nobody: Caller, username: string): Promise<Caller> {
  const { status, headers } = await nobody.call('signIn', { body: { username, password: PASSWORD } });
  if (status !== 200) throw new Error(`${username} could not sign in: ${status}`);
  return caller(url, cookieOf(headers));
}
