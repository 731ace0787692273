/** What people order and a workflow carries out one after the other: imports, saves of rules. */
import {
  ActivityFailure,
  setHandler,
  workflowInfo,
  type ActivityOptions,
  type SignalDefinition,
} from '@temporalio/workflow';

/** For the activity that gives up what could not be carried out. */
export const GIVING_UP: ActivityOptions = {
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '1 minute' },
};

interface Orders {
  /** Sent with each new order. */
  wake: SignalDefinition;
  /** Carries out the next; false where there is none. */
  carryOut: () => Promise<boolean>;
  giveUp: () => Promise<unknown>;
  /** Begins a history of its own. */
  startAnew: () => Promise<never>;
}

/** Carries out orders until none is left, those that come meanwhile too. */
export async function carryOutOrders({ wake, carryOut, giveUp, startAnew }: Orders): Promise<void> {
  let woken = true;
  setHandler(wake, () => {
    woken = true;
  });
  while (woken) {
    woken = false;
    while (await carryOutOrGiveUp(carryOut, giveUp)) {
      if (workflowInfo().continueAsNewSuggested) await startAnew();
    }
  }
}

async function carryOutOrGiveUp(carryOut: Orders['carryOut'], giveUp: Orders['giveUp']): Promise<boolean> {
  try {
    return await carryOut();
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    await giveUp();
    return true;
  }
}
