// Exit code 0 while this container's worker asks Temporal for work: one that hangs still has a process.
const os = require('node:os');
const { Connection } = require('@temporalio/client');
const { TASK_QUEUE } = require('../dist/domain/names.js');
const { loadConfig } = require('../dist/server/config.js');
const { temporalConnection } = require('../dist/server/temporal-connection.js');

/** Temporal's TASK_QUEUE_TYPE_WORKFLOW. A worker asks at least once a minute. */
const WORKFLOW_TASKS = 1;
const STALE_MS = 150_000;

async function main() {
  const config = loadConfig();
  // As the worker itself: with TLS and key where they are set.
  const address = temporalConnection(config, config.temporalAddress ?? `127.0.0.1:${config.ports.temporal}`);
  const connection = await Connection.connect({ ...address, connectTimeout: '5s' });
  const { pollers } = await connection.withDeadline(Date.now() + 8000, () =>
    connection.workflowService.describeTaskQueue({
      namespace: config.temporalNamespace,
      taskQueue: { name: TASK_QUEUE },
      taskQueueType: WORKFLOW_TASKS,
    }),
  );
  await connection.close();
  const own = (pollers ?? []).filter((poller) => poller.identity?.endsWith(`@${os.hostname()}`));
  const latest = Math.max(...own.map((poller) => Number(poller.lastAccessTime?.seconds ?? 0) * 1000));
  if (Date.now() - latest > STALE_MS)
    throw new Error(`no request for work on ${TASK_QUEUE} from here lately`);
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error.message);
    process.exit(1);
  },
);
