/** The whole system over the town of the tests: database, Temporal, worker, mail, and the API with the built page. */
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Knex } from 'knex';
import { pino } from 'pino';
import { createApp } from '../../../api/app';
import { version } from '../../../package.json';
import { caller, cookieOf, type Caller } from '../../integration/api/support';
import { buildCity, PASSWORD, type City } from '../../support/build-city';
import { testDatabase, type TestDatabase } from '../../support/database';
import { testSmtp, type TestSmtp } from '../../support/smtp';
import { devServer } from '../../support/temporal';
import { runWorker, type RunningWorker } from '../../support/worker';

const WEB_DIR = path.join(__dirname, '../../../dist/web');

export interface Town {
  url: string;
  db: Knex;
  city: City;
  smtp: TestSmtp;
  nobody: Caller;
  /** The same person's same session, however often it is asked for. */
  signedIn(username: string): Promise<Caller>;
  stop(): Promise<void>;
}

export async function startTown(): Promise<Town> {
  if (!existsSync(path.join(WEB_DIR, 'index.html'))) throw new Error('no web page: npm run build');
  const [database, temporal, smtp]: [TestDatabase, TestWorkflowEnvironment, TestSmtp] = await Promise.all([
    testDatabase(),
    devServer(),
    testSmtp(),
  ]);
  const { db } = database;
  const city = await buildCity(db);
  const worker: RunningWorker = await runWorker(temporal, { db, smtpUrl: smtp.url });
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Browsers take `localhost` for secure, as they take the https of a real site: the clipboard works there.
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  server.on(
    'request',
    createApp({
      db,
      now: () => new Date(),
      settings: {
        publicUrl: url,
        sessionHours: 12,
        secureCookies: false,
        trustProxy: 0,
        version,
        webDir: WEB_DIR,
      },
      campaigns: worker.gateway,
      log: pino({ level: 'silent' }),
    }),
  );
  await worker.gateway.wakeNotices();
  const nobody = caller(url, null);
  const known = new Map<string, Promise<Caller>>();
  return {
    url,
    db,
    city,
    smtp,
    nobody,
    signedIn: (username) => {
      let one = known.get(username);
      if (!one) known.set(username, (one = signIn(url, nobody, username)));
      return one;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await worker.stop();
      await temporal.teardown();
      await smtp.stop();
      await database.drop();
    },
  };
}

async function signIn(url: string, nobody: Caller, username: string): Promise<Caller> {
  const { status, headers } = await nobody.call('signIn', { body: { username, password: PASSWORD } });
  if (status !== 200) throw new Error(`${username} could not sign in: ${status}`);
  return caller(url, cookieOf(headers));
}
