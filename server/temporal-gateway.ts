import {
  type Client,
  WithStartWorkflowOperation,
  WorkflowUpdateFailedError,
  isGrpcServiceError,
} from '@temporalio/client';
import type { CampaignGateway } from '../api/campaign-gateway';
import { fromTemporal } from '../activities/failures';
import { planRefusal, type PlanStage } from '../domain/annual-plan/stages';
import { bulletinRefusal, type BulletinStage } from '../domain/bulletins/stages';
import { refusal, type Command } from '../domain/campaigns';
import type { StepOutcome } from '../domain/commands';
import { conflict, unavailable, type DomainError } from '../domain/errors';
import { TASK_QUEUE, workflowIds } from '../domain/names';
import type { HandlingState } from '../domain/handling/course';

/** A command that takes longer than this goes on by itself; the caller looks again, or repeats it with its key. */
const ANSWER_WITHIN_MS = 90_000;

/** The API's way to the workflows, over a Temporal client. */
export function createTemporalGateway(client: Client): CampaignGateway {
  const { workflow } = client;

  async function update<T>(
    workflowType: string,
    workflowId: string,
    args: unknown[],
    name: string,
    input: object,
  ) {
    const startWorkflowOperation = new WithStartWorkflowOperation(workflowType, {
      workflowId,
      args,
      taskQueue: TASK_QUEUE,
      workflowIdConflictPolicy: 'USE_EXISTING',
      // One that came to its end stays ended; one that was lost is taken up again from the database.
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    });
    return client.withDeadline<Promise<T>>(Date.now() + ANSWER_WITHIN_MS, () =>
      workflow.executeUpdateWithStart(name, { args: [input], startWorkflowOperation }),
    );
  }

  return {
    command: async (command: Command, input, stage) => {
      try {
        return await update<StepOutcome>(
          'campaign',
          workflowIds.campaign(input.campaign),
          [{ code: input.campaign, stage }],
          command,
          input,
        );
      } catch (error) {
        throw understood(error, () => conflict('campaign-stage', refusal(command, stage)));
      }
    },

    resultsArrived: async (code) => {
      await workflow.getHandle(workflowIds.oversight(code)).signal('changed');
    },

    somethingOwed: async ({ code, stage }) => {
      await workflow.signalWithStart('oversight', {
        workflowId: workflowIds.oversight(code),
        taskQueue: TASK_QUEUE,
        signal: 'changed',
        signalArgs: [],
        args: [{ code, stage, finishing: stage === 'closed' }],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      });
    },

    startHandling: (caseId) => startHandling(client, caseId),

    takeHandlingStep: async (command) => {
      try {
        return await update<HandlingState>(
          'handling',
          workflowIds.handling(command.caseId),
          [command.caseId],
          'handlingStep',
          command,
        );
      } catch (error) {
        throw understood(error, () => conflict('handling-step', '该案件已办结。'));
      }
    },

    commandPlan: async (input, { stage, version }) => {
      try {
        return await update<PlanStage>(
          'annualPlan',
          workflowIds.annualPlan(input.year),
          [{ year: input.year, stage, isInForce: version > 0 }],
          'planCommand',
          input,
        );
      } catch (error) {
        throw understood(error, () => conflict('annual-plan-stage', planRefusal(input.command, stage)));
      }
    },

    planChanged: async ({ year, stage }) => {
      await workflow
        .signalWithStart('annualPlan', {
          workflowId: workflowIds.annualPlan(year),
          taskQueue: TASK_QUEUE,
          signal: 'changed',
          signalArgs: [],
          args: [{ year, stage, isInForce: true }],
          workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
        })
        .catch((error: unknown) => {
          // It came to its end: nothing of the plan can become due any more.
          if (!(error instanceof Error && error.name === 'WorkflowExecutionAlreadyStartedError')) throw error;
        });
    },

    draftBulletin: async ({ key, ...plan }) => {
      try {
        return await update<string>(
          'bulletin',
          workflowIds.bulletin(key),
          [{ kind: 'special', ...plan }],
          'bulletinDrafted',
          {},
        );
      } catch (error) {
        throw understood(error, () => conflict('bulletin-exists', '该通报已经拟出。'));
      }
    },

    commandBulletin: async ({ workflowId, stage }, input) => {
      try {
        return await update<BulletinStage>(
          'bulletin',
          workflowId,
          [{ number: input.number, stage }],
          'bulletinCommand',
          input,
        );
      } catch (error) {
        throw understood(error, () => conflict('bulletin-stage', bulletinRefusal(input.command, stage)));
      }
    },

    wakeNotices: async () => {
      await workflow.signalWithStart('notices', {
        workflowId: workflowIds.notices,
        taskQueue: TASK_QUEUE,
        signal: 'wake',
        signalArgs: [],
        args: [],
      });
    },

    wakeImports: async (kind) => {
      await workflow.signalWithStart('registryImports', {
        workflowId: workflowIds.imports(kind),
        taskQueue: TASK_QUEUE,
        signal: 'wake',
        signalArgs: [],
        args: [kind],
      });
    },

    wakeTagRuleSaves: async () => {
      await workflow.signalWithStart('tagRuleSaves', {
        workflowId: workflowIds.tagRuleSaves,
        taskQueue: TASK_QUEUE,
        signal: 'wake',
        signalArgs: [],
        args: [],
      });
    },

    isReady: () =>
      client.withDeadline(Date.now() + 3000, () =>
        client.connection.workflowService.getSystemInfo({}).then(
          () => true,
          () => false,
        ),
      ),
  };
}

/** Starts the workflow of a handling case; one that runs or has run is left alone. */
export const startHandling = (client: Client, caseId: number): Promise<void> =>
  startOnce(client, 'handling', workflowIds.handling(caseId), [caseId]);

/** Starts the workflow that looks for files of other systems; one that runs is left alone. */
export const startExchange = (client: Client): Promise<void> =>
  startOnce(client, 'exchange', workflowIds.exchange, []);

/** Starts the workflow that reads reports on mails; one that runs is left alone. */
export const startMailReports = (client: Client): Promise<void> =>
  startOnce(client, 'mailReports', workflowIds.mailReports, []);

/** Starts the workflow that posts published results; one that runs is left alone. */
export const startDeliveries = (client: Client): Promise<void> =>
  startOnce(client, 'deliveries', workflowIds.deliveries, []);

async function startOnce(client: Client, type: string, workflowId: string, args: unknown[]): Promise<void> {
  try {
    await client.workflow.start(type, {
      workflowId,
      args,
      taskQueue: TASK_QUEUE,
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    });
  } catch (error) {
    if (!(error instanceof Error && error.name === 'WorkflowExecutionAlreadyStartedError')) throw error;
  }
}

/** What went wrong, as a failure of the domain where it is one. `ended` says what it means that the workflow is over. */
function understood(error: unknown, ended: () => DomainError): unknown {
  const known = fromTemporal(error);
  if (known) return known;
  if (!(error instanceof Error)) return error;
  if (error.name === 'WorkflowExecutionAlreadyStartedError' || error.name === 'WorkflowNotFoundError')
    return ended();
  // A workflow that ends while an update waits.
  if (error instanceof WorkflowUpdateFailedError) return ended();
  if (error.name === 'WorkflowUpdateRPCTimeoutOrCancelledError') {
    return unavailable('still-working', '仍在处理中，请稍后查看任务；重复提交不会重复执行。');
  }
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (isGrpcServiceError(cause))
      return unavailable('workflow-service-unavailable', '流程服务暂时连接不上，请稍后再试。');
  }
  return error;
}
