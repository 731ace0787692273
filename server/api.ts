/** An API process: the API, its document and the web page. Any number may run. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { createApp } from '../api/app';
import { connect } from '../db/connect';
import { version } from '../package.json';
import { loadConfig, type Config } from './config';
import { resolveConnections } from './connections';
import { assertPortFree } from './ports';
import { hostService, type RunningService } from './services/service-host';
import { temporalConnection } from './temporal-connection';
import { createTemporalGateway } from './temporal-gateway';

export async function startApi(config: Config): Promise<RunningService> {
  const { databaseUrl, temporalAddress } = resolveConnections(config);
  await assertPortFree(config.ports.web, config.bind, { chinese: '网页和接口', english: 'web and API' });
  const db = connect(databaseUrl, { poolMax: config.databasePoolMax, applicationName: 'onevisit-api' });
  // Lazy: the public pages are served while Temporal is away.
  const connection = Connection.lazy(temporalConnection(config, temporalAddress));
  const client = new Client({ connection, namespace: config.temporalNamespace });
  const webDir = path.join(__dirname, '../web');
  const app = createApp({
    db,
    now: () => new Date(),
    settings: {
      publicUrl: config.publicUrl,
      sessionHours: config.sessionHours,
      secureCookies: config.secureCookies,
      trustProxy: config.trustProxy,
      version,
      webDir: existsSync(webDir) ? webDir : null,
    },
    campaigns: createTemporalGateway(client),
    log: pino({ level: config.logLevel }),
  });
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.ports.web, config.bind, resolve);
  });
  return {
    details: {},
    stop: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
        setTimeout(() => {
          server.closeAllConnections();
        }, 5000).unref();
      });
      await Promise.all([connection.close(), db.destroy()]);
    },
  };
}

if (require.main === module) hostService(() => startApi(loadConfig()));
