/** A worker as the server runs it, inside the test's process. */
import path from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import type { Knex } from 'knex';
import { createActivities } from '../../activities';
import type { AuditSigning } from '../../activities/audit-checkpoints';
import { createMailer } from '../../activities/mailer';
import { createWebhook, type WebhookOptions } from '../../activities/webhook';
import { TASK_QUEUE } from '../../domain/names';
import { ensureSearchAttributes } from '../../server/search-attributes';
import { createTemporalGateway, startHandling } from '../../server/temporal-gateway';
import { serverTime, workerOptions } from '../../server/worker';
import { reachedAs } from './database';
import { testEvidence } from './evidence';
import { testSigning } from './audit-signing';
import type { CampaignGateway } from '../../api/campaign-gateway';

export interface RunningWorker {
  gateway: CampaignGateway;
  stop: () => Promise<void>;
}

export async function runWorker(
  env: TestWorkflowEnvironment,
  parts: {
    db: Knex;
    smtpUrl: string;
    reportMailbox?: string;
    deliveryWebhook?: Omit<WebhookOptions, 'networks'>;
    /** Where a test looks at what was signed. */
    audit?: AuditSigning;
    auditWitness?: string;
  },
): Promise<RunningWorker> {
  const mailer = createMailer({ smtpUrl: parts.smtpUrl, from: '一次查 <noreply@onevisit.invalid>' });
  const evidence = testEvidence();
  const audit = testSigning();
  const db = reachedAs('onevisit_worker', parts.db);
  const gateway = createTemporalGateway(env.client);
  await ensureSearchAttributes(env.connection, env.client.options.namespace);
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue: TASK_QUEUE,
    workflowsPath: path.join(__dirname, '../../workflows/index.ts'),
    activities: createActivities({
      db,
      now: serverTime,
      mailer,
      publicUrl: 'http://onevisit.invalid',
      deliveryWebhook: parts.deliveryWebhook
        ? createWebhook({ ...parts.deliveryWebhook, networks: ['127.0.0.0/8'] })
        : null,
      reportMailbox: parts.reportMailbox ?? null,
      evidence: evidence.store,
      audit: parts.audit ?? audit.signing,
      auditWitness: parts.auditWitness ?? null,
      startHandling: (caseId) => startHandling(env.client, caseId),
      stepOfCase: (step) => gateway.takeHandlingStep(step),
    }),
    ...workerOptions,
    interceptors: {
      ...workerOptions.interceptors,
      workflowModules: [path.join(__dirname, '../../workflows/carry-trace.ts')],
    },
  });
  const running = worker.run();
  return {
    gateway,
    stop: async () => {
      worker.shutdown();
      await running;
      await db.destroy();
      mailer.close();
      evidence.remove();
      audit.remove();
    },
  };
}
