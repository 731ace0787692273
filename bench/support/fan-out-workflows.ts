/**
 * The fan-out of one child workflow per visit, in the shape of Temporal's sample batch-sliding-window: a parent keeps a
 * window of children running, hears from each when it is done, and continues as new before its history grows.
 */
import {
  condition,
  continueAsNew,
  defineSignal,
  getExternalWorkflowHandle,
  ParentClosePolicy,
  proxyActivities,
  setHandler,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import type { FanOutActivities } from './fan-out-activities';

const activities = proxyActivities<FanOutActivities>({
  startToCloseTimeout: '10 minutes',
  retry: { initialInterval: '500 milliseconds' },
});

export const visitDone = defineSignal<[number]>('visitDone');

export interface FanOut {
  campaign: string;
  visits: number;
  window: number;
  /** Started before this run of the parent; those of them that are not done yet. */
  started?: number;
  running?: number[];
}

const STARTED_PER_RUN = 500;

export async function fanOut({ campaign, visits, window, started = 0, running = [] }: FanOut): Promise<void> {
  const open = new Set(running);
  setHandler(visitDone, (visit) => {
    open.delete(visit);
  });
  const { workflowId } = workflowInfo();
  let next = started;
  while (next < visits && next < started + STARTED_PER_RUN) {
    await condition(() => open.size < window);
    next += 1;
    open.add(next);
    await startChild(visitOut, {
      workflowId: `${workflowId}/${next}`,
      args: [{ campaign, visit: next, parent: workflowId }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
    });
  }
  if (next < visits) {
    await continueAsNew<typeof fanOut>({ campaign, visits, window, started: next, running: [...open] });
  }
  await condition(() => open.size === 0);
  await activities.deliverNotices();
}

export async function visitOut(input: { campaign: string; visit: number; parent: string }): Promise<void> {
  await activities.handOutVisit(input.campaign, input.visit);
  await getExternalWorkflowHandle(input.parent).signal(visitDone, input.visit);
}
