/** The histories of all workflows of a running system, on today's code. */
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';

/** What did not replay, by workflow; and how many did. */
export async function replayAll(address: string): Promise<{ replayed: number; failed: string[] }> {
  const logger = new DefaultLogger('ERROR');
  Runtime.install({ logger });
  const workflowsPath = path.join(__dirname, '../../../workflows/index.ts');
  const workflowInterceptorModules = [path.join(__dirname, '../../../workflows/carry-trace.ts')];
  const workflowBundle = await bundleWorkflowCode({ workflowsPath, workflowInterceptorModules, logger });
  const connection = await Connection.connect({ address });
  try {
    const histories = new Client({ connection }).workflow.list().intoHistories();
    let replayed = 0;
    const failed: string[] = [];
    for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, histories)) {
      replayed += 1;
      if (error) failed.push(`${workflowId}: ${error.message}`);
    }
    return { replayed, failed };
  } finally {
    await connection.close();
  }
}
