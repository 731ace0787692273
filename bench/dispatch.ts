import path from 'node:path';
import { Worker } from '@temporalio/worker';
import { createActivities } from '../activities';
import { createMailer } from '../activities/mailer';
import { TASK_QUEUE, workflowIds } from '../domain/names';
import { createTemporalGateway, startHandling } from '../server/temporal-gateway';
import { workerOptions } from '../server/worker';
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
    const city = await drawnCity(db, size);
    const mailer = createMailer({ smtpUrl: sink.smtpUrl, from: '一次查 <noreply@onevisit.invalid>' });
    const now = () => new Date();
    const evidence = testEvidence();
    const [worker, fanOutWorker] = await Promise.all([
      Worker.create({
        connection: env.nativeConnection,
        taskQueue: TASK_QUEUE,
        workflowBundle: { codePath: path.join(__dirname, '../workflow-bundle.js') },
        activities: createActivities({
          ...{ db, now, mailer, publicUrl: PUBLIC_URL, evidence: evidence.store },
          startHandling: (caseId) => startHandling(env.client, caseId),
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
    const gateway = createTemporalGateway(env.client);

    /** From the drawn campaign until all its mails are recorded as sent; then what there is of it. */
    async function measured(dispatch: (code: string) => Promise<unknown>) {
      await db.raw('truncate notices, mails cascade');
      const code = await drawnCampaign(db, city, size);
      const before = await sink.taken();
      const run = await timed(async () => {
        await dispatch(code);
        while (await db('notices').whereNull('mail_id').first()) await pause();
        while (await db('mails').whereNot({ status: 'sent' }).first()) await pause();
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
          let workflow = '';
          const run = await measured(async (code) => {
            workflow = workflowIds.campaign(code);
            await env.client.workflow.start('campaign', {
              workflowId: workflow,
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
          // What it would do next is of no interest here.
          for (const id of [workflow, workflow.replace('campaign/', 'oversight/')]) {
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
        await env.teardown();
        await sink.close();
        await close();
      },
    };
  },
};

const pause = () => new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
