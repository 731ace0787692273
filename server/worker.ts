/** A worker process: carries workflows and activities. Any number may run. */
import path from 'node:path';
import { activityInfo } from '@temporalio/activity';
import { Client, Connection } from '@temporalio/client';
import {
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
  type ActivityInterceptorsFactory,
} from '@temporalio/worker';
import { pino } from 'pino';
import { createActivities } from '../activities';
import { createExchangeActivities } from '../activities/exchange';
import { toTemporal } from '../activities/failures';
import { createMailer } from '../activities/mailer';
import { createMessenger } from '../activities/messenger';
import { createWebhook } from '../activities/webhook';
import { connect, poolOf } from '../db/connect';
import { EXCHANGE_QUEUE, TASK_QUEUE } from '../domain/names';
import { ensureAuditSchedule } from './audit-schedule';
import { auditSigningOf, keepSealing } from './audit-signing';
import { ensureBulletinSchedules } from './bulletin-schedules';
import { loadConfig, type Config } from './config';
import { resolveConnections } from './connections';
import { evidenceOf } from './evidence-of';
import { createInstruments, watchPool } from './metrics/instruments';
import { serveMetrics } from './metrics/serve-metrics';
import { countActivities, sdkTelemetry } from './metrics/worker-metrics';
import { ensureRetentionSchedule } from './retention-schedule';
import { ensureSearchAttributes } from './search-attributes';
import { hostService, type RunningService } from './services/service-host';
import { temporalConnection } from './temporal-connection';
import {
  createTemporalGateway,
  startDeliveries,
  startExchange,
  startHandling,
  startMailReports,
} from './temporal-gateway';
import { carryingClient, tracedActivities } from './tracing/carried';
import { startTracing } from './tracing/start-tracing';

/** Expected failures of activities are final, and keep what the user is to be told. */
const failureInterceptor: ActivityInterceptorsFactory = () => ({
  inbound: {
    execute: async (input, next) => {
      try {
        return await next(input);
      } catch (error) {
        throw toTemporal(error);
      }
    },
  },
});

const HEARTBEAT_MS = 5000;

/** Every activity shows that its process lives; when a process is killed, Temporal soon gives its activities to another. */
const heartbeatInterceptor: ActivityInterceptorsFactory = (context) => ({
  inbound: {
    execute: async (input, next) => {
      const timer = setInterval(() => {
        context.heartbeat();
      }, HEARTBEAT_MS);
      try {
        return await next(input);
      } finally {
        clearInterval(timer);
      }
    },
  },
});

/** What every worker needs beside its activities. */
export const workerOptions = {
  interceptors: { activity: [failureInterceptor, heartbeatInterceptor] },
  maxHeartbeatThrottleInterval: HEARTBEAT_MS,
};

/** The time by the Temporal server, the same as the workflow's, also where a test skips it. */
export const serverTime = (): Date => new Date(activityInfo().currentAttemptScheduledTimestampMs);

export async function startWorker(config: Config): Promise<RunningService> {
  Runtime.install({ logger: new DefaultLogger('WARN'), ...(await sdkTelemetry(config)) });
  const endTracing = await startTracing(config, 'onevisit-worker');
  const instruments = createInstruments('worker');
  const log = pino({ level: config.logLevel });
  const { workerUrl, temporalAddress, smtpUrl } = resolveConnections(config);
  const db = connect(workerUrl, {
    poolMax: config.databasePoolMax,
    applicationName: 'onevisit-worker',
    role: 'onevisit_worker',
  });
  watchPool(instruments, poolOf(db));
  const mailer = createMailer({
    smtpUrl,
    from: config.mailFrom,
    rate: config.mailRate,
    reportsTo: config.mailReports?.address ?? null,
  });
  const address = temporalConnection(config, temporalAddress);
  const connection = await NativeConnection.connect(address);
  const clientConnection = await Connection.connect(address);
  const client = new Client({
    connection: clientConnection,
    namespace: config.temporalNamespace,
    interceptors: { workflow: [carryingClient] },
  });
  await ensureSearchAttributes(clientConnection, config.temporalNamespace);
  const gateway = createTemporalGateway(client);
  const audit = auditSigningOf(config);
  const { activity } = workerOptions.interceptors;
  const measured = {
    ...workerOptions,
    interceptors: { activity: [tracedActivities(log), countActivities(instruments), ...activity] },
  };
  const metrics =
    config.metrics &&
    (await serveMetrics(instruments.registry, { host: config.metrics.bind, port: config.metrics.port + 1 }));
  const worker = await Worker.create({
    connection,
    namespace: config.temporalNamespace,
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: path.join(__dirname, '../workflow-bundle.js') },
    activities: createActivities({
      db,
      now: serverTime,
      mailer: instruments.watchMailer('mail', mailer),
      messenger:
        config.messenger &&
        instruments.watchMailer(
          'messenger',
          createMessenger({ ...config.messenger, networks: config.webhookNetworks }),
        ),
      deliveryWebhook:
        config.deliveryWebhook &&
        createWebhook({ ...config.deliveryWebhook, networks: config.webhookNetworks }),
      reportMailbox: config.mailReports?.imapUrl ?? null,
      publicUrl: config.publicUrl,
      audit,
      auditWitness: config.auditWitness,
      evidence: instruments.watchEvidence(evidenceOf(config).store),
      startHandling: (caseId) => startHandling(client, caseId),
      stepOfCase: (step) => gateway.takeHandlingStep(step),
    }),
    ...measured,
    shutdownGraceTime: '5 seconds',
  });
  const running = runOrExit(worker);
  const endSealing = keepSealing(db, audit, (line) => {
    console.error(line);
  });
  await gateway.wakeNotices();
  if (config.mailReports) await startMailReports(client);
  if (config.deliveryWebhook) await startDeliveries(client);
  await ensureBulletinSchedules(client, config.bulletinTime);
  await ensureAuditSchedule(client);
  await ensureRetentionSchedule(client);
  const exchange = config.exchangeFolder === null ? null : await listenToFolder(config.exchangeFolder);
  /** Files are exchanged with other systems by workers that see the folder for it. */
  async function listenToFolder(folder: string): Promise<{ worker: Worker; running: Promise<void> }> {
    const listener = await Worker.create({
      connection,
      namespace: config.temporalNamespace,
      taskQueue: EXCHANGE_QUEUE,
      activities: createExchangeActivities(
        { db, now: serverTime, wakeImports: (kind) => gateway.wakeImports(kind) },
        folder,
      ),
      ...measured,
      shutdownGraceTime: '5 seconds',
    });
    const listening = runOrExit(listener);
    await startExchange(client);
    return { worker: listener, running: listening };
  }

  return {
    details: {},
    stop: async () => {
      worker.shutdown();
      exchange?.worker.shutdown();
      await Promise.all([running, exchange?.running]);
      await endSealing();
      await Promise.all([clientConnection.close(), connection.close(), db.destroy()]);
      mailer.close();
      await Promise.all([metrics?.close(), endTracing()]);
    },
  };
}

/** A worker that can't go on ends the process: whoever supervises it starts it anew. */
function runOrExit(worker: Worker): Promise<void> {
  const running = worker.run();
  running.catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
  return running;
}

if (require.main === module) hostService(() => startWorker(loadConfig()));
