/** An API process: the API, its document and the web page. Any number may run. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { Knex } from 'knex';
import { pino, type Logger } from 'pino';
import { createApp } from '../api/app';
import type { CampaignGateway } from '../api/campaign-gateway';
import { tellAgain } from '../api/tell-again';
import { plansInForce } from '../db/annual-plans';
import { campaignsUnderWay } from '../db/campaigns';
import { connect } from '../db/connect';
import { kindsWithJobs } from '../db/import-jobs';
import { version } from '../package.json';
import { dayOf } from '../domain/deadlines/working-days';
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
  const campaigns = createTemporalGateway(client);
  const log = pino({ level: config.logLevel });
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
    campaigns,
    log,
  });
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.ports.web, config.bind, resolve);
  });
  await Promise.all([
    resumeOversight(db, campaigns, log),
    resumeImports(db, campaigns, log),
    resumePlans(db, campaigns, log),
  ]);
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

/** An API process that was killed may have taken with it that results were in: their campaigns are looked at again. */
async function resumeOversight(db: Knex, campaigns: CampaignGateway, log: Logger): Promise<void> {
  const codes = await campaignsUnderWay(db).catch((error: unknown) => {
    log.warn({ err: error }, 'campaigns under way were not looked at');
    return [];
  });
  for (const code of codes) tellAgain(() => campaigns.resultsArrived(code), log);
}

/** … or that a file was uploaded. */
async function resumeImports(db: Knex, campaigns: CampaignGateway, log: Logger): Promise<void> {
  const kinds = await kindsWithJobs(db).catch((error: unknown) => {
    log.warn({ err: error }, 'waiting imports were not looked for');
    return [];
  });
  for (const kind of kinds) tellAgain(() => campaigns.wakeImports(kind), log);
}

/** Of published plans it is seen to that their workflow runs: one that came with a database does not. */
async function resumePlans(db: Knex, campaigns: CampaignGateway, log: Logger): Promise<void> {
  const years = await plansInForce(db, dayOf(new Date())).catch((error: unknown) => {
    log.warn({ err: error }, 'annual plans were not looked at');
    return [];
  });
  for (const year of years) tellAgain(() => campaigns.planChanged(year), log);
}

if (require.main === module) hostService(() => startApi(loadConfig()));
