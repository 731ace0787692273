/** Cuts what is published into deliveries for each target, and hands over those that are due. */
import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import {
  claimDeliveries,
  enabledTargets,
  recordDelivery,
  settledResults,
  storeNextDelivery,
  type DeliverableRow,
  type NewDelivery,
  type WaitingDelivery,
  type WaitingTarget,
} from '../db/deliveries';
import { DELIVERY_ROWS, fileNameOf, firstBatch, statusAfterAttempt } from '../domain/deliveries/course';
import type { DeliveryKind } from '../domain/deliveries/target';
import type { Answer } from '../domain/notices/delivery';
import { nextAttemptAt } from '../domain/notices/retry';
import { deliveryFile } from './delivery-file';

/** Longer than an attempt at each of them takes. */
const CLAIM_MS = 5 * 60_000;
const PER_CLAIM = 10;

export interface HandingOver {
  db: Knex;
  kind: DeliveryKind;
  clock: () => Date;
  /** The same delivery may come again, with the same name and bytes. */
  handOver: (delivery: WaitingDelivery) => Promise<{ answer: Answer; reply: string }>;
}

export async function sendDeliveries({ db, kind, clock, handOver }: HandingOver): Promise<void> {
  const settled = await settledResults(db);
  if (settled !== null) {
    const compose = (layout: WaitingTarget, rows: readonly DeliverableRow[]) =>
      newDelivery(layout, firstBatch(rows), clock());
    for (const target of await enabledTargets(db, kind)) {
      while (await storeNextDelivery(db, target, { settled, limit: DELIVERY_ROWS }, compose));
    }
  }
  for (;;) {
    const now = clock();
    const until = new Date(now.getTime() + CLAIM_MS);
    const claimed = await claimDeliveries(db, kind, { now, until, limit: PER_CLAIM });
    if (claimed.length === 0) return;
    for (const delivery of claimed) {
      const { answer, reply } = await handOver(delivery);
      const at = clock();
      const next = nextAttemptAt(delivery.attempts, delivery.first_attempt_at, at);
      const status = statusAfterAttempt(answer, next !== null);
      await recordDelivery(db, {
        ...{ id: delivery.id, attempts: delivery.attempts, status, reply, at },
        nextAttemptAt: status === 'sending' ? next : null,
      });
    }
  }
}

async function newDelivery(
  target: WaitingTarget,
  rows: readonly DeliverableRow[],
  at: Date,
): Promise<NewDelivery> {
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last) throw new Error('a delivery without rows');
  const content = await deliveryFile(target, rows);
  const number = target.last_number + 1;
  return {
    ...{ number, campaignId: first.campaign_id, fromId: first.id, toId: last.id, rows: rows.length },
    fileName: fileNameOf(number, first.campaign_code, target.format),
    ...{ sha256: createHash('sha256').update(content).digest('hex'), content, at },
  };
}
