import path from 'node:path';
import { Worker } from '@temporalio/worker';
import type { Knex } from 'knex';
import { createActivities } from '../activities';
import { createMailer } from '../activities/mailer';
import { TASK_QUEUE, workflowIds } from '../domain/names';
import { ensureSearchAttributes } from '../server/search-attributes';
import { createTemporalGateway, startHandling } from '../server/temporal-gateway';
import { workerOptions } from '../server/worker';
import { testSigning } from '../test/support/audit-signing';
import { testEvidence } from '../test/support/evidence';
import { devServer } from '../test/support/temporal';
import { timed, type Bench } from './support/bench';
import { drawnCampaign, drawnCity } from './support/drawn-campaign';
import { createFanOutActivities } from './support/fan-out-activities';
import type { FanOut } from './support/fan-out-workflows';
import { scratchDatabase } from './support/scratch-database';
import { startMailSink } from './support/start-mail-sink';

const FAN_OUT_QUEUE = 'fan-out';
const WINDOW = 100;
const LOOK_EVERY_MS = 50;
const PUBLIC_URL = 'https://onevisit.invalid';

export const bench: Bench = {
  about: 'a drawn campaign to the last notice at the SMTP server, beside one child workflow per visit',
  sizeOf: 'visits',
  defaultSize: 1000,
  async prepare(size) {
    const [{ db, close }, sink, env] = await Promise.all([scratchDatabase(), startMailSink(), devServer()]);
    await ensureSearchAttributes(env.connection, env.client.options.namespace);
    const city = await drawnCity(db, size);
    const mailer = createMailer({ smtpUrl: sink.smtpUrl, from: '一次查 <noreply@onevisit.invalid>' });
    const now = () => new Date();
    const evidence = testEvidence();
    const audit = testSigning();
    const gateway = createTemporalGateway(env.client);
    const [worker, fanOutWorker] = await Promise.all([
      Worker.create({
        connection: env.nativeConnection,
        taskQueue: TASK_QUEUE,
        workflowBundle: { codePath: path.join(__dirname, '../workflow-bundle.js') },
        activities: createActivities({
          ...{ db, now, mailer, publicUrl: PUBLIC_URL, evidence: evidence.store, deliveryWebhook: null },
          audit: audit.signing,
          startHandling: (caseId) => startHandling(env.client, caseId),
          stepOfCase: (step) => gateway.takeHandlingStep(step),
        }),
        ...workerOptions,
      }),
      Worker.create({
        connection: env.nativeConnection,
        taskQueue: FAN_OUT_QUEUE,
        workflowsPath: path.join(__dirname, 'support/fan-out-workflows.js'),
        activities: createFanOutActivities(db, mailer, PUBLIC_URL),
        ...workerOptions,
      }),
    ]);
    const running = Promise.all([worker.run(), fanOutWorker.run()]);

    /** From the drawn campaign until all its mails are recorded as sent; then what there is of it. */
    async function measured(dispatch: (code: string) => Promise<unknown>) {
      await db.raw('truncate notices, mails cascade');
      const code = await drawnCampaign(db, city, size);
      const before = await sink.taken();
      const run = await timed(async () => {
        await dispatch(code);
        while (await hasMailsToSend(db)) await pause();
      });
      const [tasks] = await db('tasks as t')
        .join('campaigns as c', 'c.id', 't.campaign_id')
        .where({ 'c.code': code, 't.kind': 'results' })
        .count<{ count: number }[]>();
      return { ...run, outcome: { tasks: tasks?.count, mails: (await sink.taken()) - before } };
    }

    return {
      ours: {
        name: 'OneVisit, sets in a few steps of a workflow',
        run: async () => {
          let campaign = '';
          await gateway.wakeNotices();
          const run = await measured(async (code) => {
            campaign = code;
            await env.client.workflow.start('campaign', {
              workflowId: workflowIds.campaign(code),
              taskQueue: TASK_QUEUE,
              args: [{ code, stage: 'drawn', deadline: null }],
            });
            await gateway.command(
              'dispatch',
              {
                ...{ campaign: code, key: code, actorId: city.users['lead'] ?? 0 },
                address: '',
                requestId: '',
              },
              'drawn',
            );
          });
          // What they would do next is of no interest here, and would send the other's notices.
          const { campaign: campaignId, oversight, notices } = workflowIds;
          for (const id of [campaignId(campaign), oversight(campaign), notices]) {
            await env.client.workflow.getHandle(id).terminate();
          }
          return run;
        },
      },
      peers: [
        {
          name: `one child workflow per visit, a window of ${WINDOW}`,
          run: () =>
            measured((code) =>
              env.client.workflow.execute('fanOut', {
                workflowId: `fan-out/${code}`,
                taskQueue: FAN_OUT_QUEUE,
                args: [{ campaign: code, visits: size, window: WINDOW } satisfies FanOut],
              }),
            ),
        },
      ],
      check: (outcomes) => {
        const [first, ...others] = [...outcomes.values()].map((outcome) => JSON.stringify(outcome));
        if (others.some((other) => other !== first))
          throw new Error(`not the same: ${[first, ...others].join(' ')}`);
        return `each time ${first}`;
      },
      close: async () => {
        worker.shutdown();
        fanOutWorker.shutdown();
        await running;
        mailer.close();
        evidence.remove();
        audit.remove();
        await env.teardown();
        await sink.close();
        await close();
      },
    };
  },
};

async function hasMailsToSend(db: Knex): Promise<boolean> {
  const { rows } = await db.raw<{ rows: [{ waiting: boolean }] }>(
    `select exists (select 1 from notices where mail_id is null and not unmailable and not_before <= now())
         or exists (select 1 from mails where status in ('created', 'sending')) as waiting`,
  );
  return rows[0].waiting;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
