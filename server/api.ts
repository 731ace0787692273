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
import { actingAs } from '../db/acting';
import { plansInForce } from '../db/annual-plans';
import { campaignsUnderWay, endedOwing } from '../db/campaigns';
import { connect, poolOf } from '../db/connect';
import { kindsWithJobs } from '../db/import-jobs';
import { openTagRuleSave } from '../db/tag-rule-saves';
import { version } from '../package.json';
import { renderThread } from '../documents/render-apart';
import { DELIVERY_KINDS } from '../domain/deliveries/target';
import { dayOf } from '../domain/deadlines/working-days';
import { loadConfig, type Config } from './config';
import { resolveConnections } from './connections';
import { newestBackup } from './backup/backup-folder';
import { evidenceOf } from './evidence-of';
import { createInstruments, watchPool } from './metrics/instruments';
import { serveMetrics } from './metrics/serve-metrics';
import { stateGauges } from './metrics/state-gauges';
import { assertPortFree } from './ports';
import { hostService, type RunningService } from './services/service-host';
import { withSignInKey } from './sign-in-key';
import { temporalConnection } from './temporal-connection';
import { createTemporalGateway } from './temporal-gateway';
import { carryingClient } from './tracing/carried';
import { startTracing } from './tracing/start-tracing';

/**
 * Who opens connections and says little holds them for a short while only. An upload may take its time, on a phone in a
 * cellar too; JSON has to come sooner (api/middleware/whole-body.ts).
 */
const HTTP_LIMITS = {
  headersTimeout: 15_000,
  requestTimeout: 15 * 60_000,
  connectionsCheckingInterval: 5000,
  keepAliveTimeout: 10_000,
  maxHeaderSize: 16 * 1024,
};

export async function startApi(config: Config): Promise<RunningService> {
  const endTracing = await startTracing(config, 'onevisit-api');
  const { apiUrl, temporalAddress } = resolveConnections(config);
  await assertPortFree(config.ports.web, config.bind, { chinese: '网页和接口', english: 'web and API' });
  const db = connect(apiUrl, {
    poolMax: config.databasePoolMax,
    applicationName: 'onevisit-api',
    role: 'onevisit_api',
    statementMs: config.statementSeconds * 1000,
  });
  // Lazy: the public pages are served while Temporal is away.
  const connection = Connection.lazy(temporalConnection(config, temporalAddress));
  const client = new Client({
    connection,
    namespace: config.temporalNamespace,
    interceptors: { workflow: [carryingClient] },
  });
  const campaigns = createTemporalGateway(client);
  const log = pino({ level: config.logLevel });
  const instruments = createInstruments('api');
  watchPool(instruments, poolOf(db));
  // For nobody in particular: what is counted, and what is told again, is everybody's.
  const ofAll = actingAs(db, { userId: null, day: dayOf(new Date()), beyond: 'writing' });
  stateGauges(instruments.registry, ofAll, () => newestBackup(config.backupFolder));
  const evidence = evidenceOf(config);
  const documents = renderThread();
  const webDir = path.join(__dirname, '../web');
  const app = createApp({
    db,
    now: () => new Date(),
    settings: {
      publicUrl: config.publicUrl,
      sessionHours: config.sessionHours,
      signIn: withSignInKey(config),
      secureCookies: config.secureCookies,
      trustProxy: config.trustProxy,
      hasMessenger: config.messenger !== null,
      deliveryKinds: DELIVERY_KINDS.filter((kind) =>
        kind === 'folder' ? config.exchangeFolder !== null : config.deliveryWebhook !== null,
      ),
      rateLimits: config.rateLimits,
      version,
      webDir: existsSync(webDir) ? webDir : null,
    },
    campaigns,
    evidence: { ...evidence, store: instruments.watchEvidence(evidence.store) },
    renderDocument: documents.render,
    log,
    served: instruments.requestServed,
  });
  const server = createServer(HTTP_LIMITS, app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.ports.web, config.bind, resolve);
  });
  const metrics =
    config.metrics &&
    (await serveMetrics(instruments.registry, { host: config.metrics.bind, port: config.metrics.port }));
  await resume(ofAll, campaigns, log);
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
      await Promise.all([
        connection.close(),
        db.destroy(),
        documents.close(),
        metrics?.close(),
        endTracing(),
      ]);
    },
  };
}

/**
 * What a killed API process may have taken with it is told again: that results were in, that a file was uploaded. Published
 * plans too: the workflow of one that came with a database does not run yet.
 */
function resume(db: Knex, campaigns: CampaignGateway, log: Logger): Promise<unknown> {
  const each = async <T>(
    found: Promise<T[]>,
    tell: (one: T) => Promise<void>,
    missed: string,
  ): Promise<void> => {
    try {
      for (const one of await found) tellAgain(() => tell(one), log);
    } catch (error) {
      log.warn({ err: error }, missed);
    }
  };
  return Promise.all([
    each(
      campaignsUnderWay(db),
      (code) => campaigns.resultsArrived(code),
      'campaigns under way were not looked at',
    ),
    each(
      endedOwing(db),
      (campaign) => campaigns.somethingOwed(campaign),
      'what is owed to closed campaigns was not looked at',
    ),
    each(kindsWithJobs(db), (kind) => campaigns.wakeImports(kind), 'waiting imports were not looked for'),
    each(
      openTagRuleSave(db).then((save) => (save ? [save] : [])),
      () => campaigns.wakeTagRuleSaves(),
      'a waiting save of a tag rule was not looked for',
    ),
    each(
      plansInForce(db, dayOf(new Date())),
      (plan) => campaigns.planChanged(plan),
      'annual plans were not looked at',
    ),
  ]);
}

if (require.main === module) hostService(() => startApi(loadConfig()));
