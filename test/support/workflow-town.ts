/** The town with everything that carries its campaigns: database, mail server, Temporal, a worker. */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Knex } from 'knex';
import { buildCity, type City } from './build-city';
import { testDatabase } from './database';
import { campaignDriver } from './drive-campaign';
import { testSmtp, type TestSmtp } from './smtp';
import { until } from './until';
import { runWorker, type RunningWorker } from './worker';

/** Weeks are skipped through in seconds, but not on a machine that has much else to do. */
jest.setTimeout(240_000);

export interface WorkflowTown {
  db: Knex;
  city: City;
  env: TestWorkflowEnvironment;
  smtp: TestSmtp;
  worker: RunningWorker;
  officials: ReturnType<typeof campaignDriver>;
  /** By Temporal's clock. */
  now: () => Promise<Date>;
  /**
   * Waits until a workflow has come to its end. From then on the test server's clock goes by the second: what is to be
   * skipped through comes before.
   */
  ended: (workflowId: string) => Promise<void>;
  stop: () => Promise<void>;
}

/** `build` makes another town than the usual one. */
export async function workflowTown(
  temporal: Promise<TestWorkflowEnvironment>,
  build: (db: Knex) => Promise<City> = buildCity,
): Promise<WorkflowTown> {
  const [database, env, smtp] = await Promise.all([testDatabase(), temporal, testSmtp()]);
  const { db } = database;
  const city = await build(db);
  const worker = await runWorker(env, { db, smtpUrl: smtp.url });
  return {
    db,
    city,
    env,
    smtp,
    worker,
    officials: campaignDriver({
      db,
      city,
      command: (command, input, stage) => worker.gateway.command(command, input, stage),
    }),
    now: async () => new Date(await env.currentTimeMs()),
    ended: async (workflowId) => {
      const handle = env.client.workflow.getHandle(workflowId);
      await until(
        async () => (await handle.describe()).status.name,
        (status) => status === 'COMPLETED',
      );
    },
    stop: async () => {
      await worker.stop();
      await env.teardown();
      await smtp.stop();
      await database.drop();
    },
  };
}
