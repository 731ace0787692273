/**
 * Watches all deadlines of one campaign (plan 4.2, 4.4): sleeps until the next due action or until something changed,
 * sweeps, and goes on until the campaign has ended and nobody owes anything any more.
 */
import {
  condition,
  continueAsNew,
  defineSignal,
  getExternalWorkflowHandle,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { Stage } from '../domain/campaigns';
import { OVERSIGHT_LOOKS_WITHIN_MS } from '../domain/oversight/sleep';
import { workflowIds } from '../domain/names';
import { showMarks } from './show-marks';
import { wakeNotices } from './wake-notices';

export const oversightChanged = defineSignal('changed');
/** The campaign has ended; its handling cases may not have. */
export const oversightFinish = defineSignal('finish');

export interface OversightInput {
  code: string;
  stage?: Stage;
  finishing?: boolean;
}

const { sweep } = proxyActivities<Activities>({
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '30 seconds' },
});

export async function oversight({ code, stage, finishing = false }: OversightInput): Promise<void> {
  let changed = false;
  let ending = finishing;
  let lastStage = stage;
  setHandler(oversightChanged, () => {
    changed = true;
  });
  setHandler(oversightFinish, () => {
    changed = true;
    ending = true;
  });

  for (;;) {
    changed = false;
    const swept = await sweep(code);
    showMarks({ campaign: code, stage: swept.stage });
    await tellCampaign(swept.stage);
    if (swept.hasTold !== false) await wakeNotices();
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- signals change it during the awaits
    if (ending && swept.owed === 0 && !changed) return;
    if (workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof oversight>({ code, stage: swept.stage, finishing: ending });
    }
    const wait = swept.nextAt === null ? OVERSIGHT_LOOKS_WITHIN_MS : Date.parse(swept.nextAt) - Date.now();
    await condition(() => changed, Math.min(Math.max(wait, 1), OVERSIGHT_LOOKS_WITHIN_MS));
  }

  /** The campaign's own workflow follows what results have led to. */
  async function tellCampaign(reached: Stage): Promise<void> {
    const moved = reached !== lastStage && ['under_way', 'results_in'].includes(reached);
    lastStage = reached;
    if (!moved || ending) return;
    await getExternalWorkflowHandle(workflowIds.campaign(code))
      .signal('stageMoved', reached)
      // It may have ended in this moment: then there is nobody to tell.
      .catch(() => undefined);
  }
}
