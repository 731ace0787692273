/** Has running again, from the database, whatever should run: PostgreSQL holds what is so, Temporal only how far a step is. */
import type { Client } from '@temporalio/client';
import type { Knex } from 'knex';
import { readUnderWay } from '../db/under-way';
import { TASK_QUEUE, workflowIds } from '../domain/names';
import { createTemporalGateway } from './temporal-gateway';

/** Those that know of a state which the database has too; others only look what there is to do, and begin by themselves. */
const OF_A_STATE = ['campaign', 'oversight', 'handling', 'annualPlan', 'bulletin'];

export interface Resumed {
  /** Ended because it may know of what the database does not. */
  ended: number;
  started: number;
  running: number;
}

/**
 * `anew`: after a restore of the database, Temporal is ahead of it or behind, and nothing that it has may go on: all is ended
 * first. Otherwise what runs is left alone, and only what is missing is started.
 */
export async function resumeWorkflows(db: Knex, client: Client, anew: boolean): Promise<Resumed> {
  const resumed: Resumed = { ended: 0, started: 0, running: 0 };
  if (anew) {
    const types = OF_A_STATE.map((type) => `'${type}'`).join(', ');
    const query = `ExecutionStatus = 'Running' AND WorkflowType IN (${types})`;
    for await (const { workflowId } of client.workflow.list({ query })) await end(workflowId);
  }
  /** The list above may not have yet what began a moment ago. */
  async function end(workflowId: string): Promise<void> {
    if ((await runIdOf(client, workflowId)) === null) return;
    await client.workflow
      .getHandle(workflowId)
      .terminate('the database was restored: npm run resume -- --anew');
    resumed.ended += 1;
  }
  const start = async (type: string, workflowId: string, args: unknown[]): Promise<void> => {
    if (anew) await end(workflowId);
    const before = await runIdOf(client, workflowId);
    const { firstExecutionRunId } = await client.workflow.start(type, {
      workflowId,
      args,
      taskQueue: TASK_QUEUE,
      workflowIdConflictPolicy: 'USE_EXISTING',
      // One that came to its end in Temporal did so after the moment that the database is of.
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    });
    resumed[firstExecutionRunId === before ? 'running' : 'started'] += 1;
  };
  const { campaigns, owing, cases, plans, bulletins, ...ordered } = await readUnderWay(db);
  for (const { code, stage } of campaigns) {
    if (anew) await end(workflowIds.oversight(code));
    await start('campaign', workflowIds.campaign(code), [{ code, stage }]);
  }
  for (const { code, stage } of owing) {
    await start('oversight', workflowIds.oversight(code), [{ code, stage, finishing: true }]);
  }
  for (const { year, stage } of plans) {
    await start('annualPlan', workflowIds.annualPlan(year), [{ year, stage, isInForce: true }]);
  }
  for (const id of cases) await start('handling', workflowIds.handling(id), [id]);
  for (const { workflow_id: id, number, stage } of bulletins)
    await start('bulletin', id, [{ number, stage }]);
  const gateway = createTemporalGateway(client);
  for (const kind of ordered.imports) await gateway.wakeImports(kind);
  if (ordered.tagRuleSaves > 0) await gateway.wakeTagRuleSaves();
  await gateway.wakeNotices();
  return resumed;
}

/** Of the first run in its chain, where it runs. */
async function runIdOf(client: Client, workflowId: string): Promise<string | null> {
  try {
    const { raw, status } = await client.workflow.getHandle(workflowId).describe();
    return status.name === 'RUNNING' ? (raw.workflowExecutionInfo?.firstRunId ?? null) : null;
  } catch {
    return null;
  }
}
