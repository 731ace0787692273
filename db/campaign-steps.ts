import type { Knex } from 'knex';

/** Names one command of one caller, however often it arrives. */
export const stepKey = (command: string, key: string): string => `${command}:${key}`;

/** What a step of a campaign led to; kept so that a step that runs twice answers the same. */
export async function readStep<T>(trx: Knex, campaignId: number, key: string): Promise<T | null> {
  const row = await trx('campaign_steps')
    .where({ campaign_id: campaignId, key })
    .first<{ outcome: T } | undefined>('outcome');
  return row?.outcome ?? null;
}

export async function recordStep(
  trx: Knex,
  campaignId: number,
  key: string,
  outcome: unknown,
): Promise<void> {
  await trx('campaign_steps').insert({ campaign_id: campaignId, key, outcome: JSON.stringify(outcome) });
}
