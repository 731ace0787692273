/** Carries out the imports of one kind, one after the other in the order of their uploads, until none is left. */
import {
  ActivityFailure,
  continueAsNew,
  defineSignal,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities';

export const importsWake = defineSignal('wake');

/** About an hour: another import into the same registry may be running, or the database be away. */
const { carryOutNextImport } = proxyActivities<Activities>({
  startToCloseTimeout: '12 hours',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '1 minute', maximumAttempts: 60 },
});
const { giveUpImport } = proxyActivities<Activities>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '1 minute' },
});

type Kind = Parameters<typeof carryOutNextImport>[0];

export async function registryImports(kind: Kind): Promise<void> {
  let woken = true;
  setHandler(importsWake, () => {
    woken = true;
  });
  while (woken) {
    woken = false;
    while (await carryOut(kind)) {
      if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof registryImports>(kind);
    }
  }
}

async function carryOut(kind: Kind): Promise<boolean> {
  try {
    return await carryOutNextImport(kind);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    await giveUpImport(kind);
    return true;
  }
}
