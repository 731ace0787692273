/** Carries out the imports of one kind, one after the other in the order of their uploads, until none is left. */
import { continueAsNew, defineSignal, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { carryOutOrders, GIVING_UP } from './carry-out-orders';

export const importsWake = defineSignal('wake');

/** About an hour: another import into the same registry may be running, or the database be away. */
const { carryOutNextImport } = proxyActivities<Activities>({
  startToCloseTimeout: '12 hours',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '1 minute', maximumAttempts: 60 },
});
const { giveUpImport } = proxyActivities<Activities>(GIVING_UP);

type Kind = Parameters<typeof carryOutNextImport>[0];

export const registryImports = (kind: Kind): Promise<void> =>
  carryOutOrders({
    wake: importsWake,
    carryOut: () => carryOutNextImport(kind),
    giveUp: () => giveUpImport(kind),
    startAnew: () => continueAsNew<typeof registryImports>(kind),
  });
