import type { Knex } from 'knex';

export interface StoredAnswer {
  request_hash: string;
  /** null: no answer was kept, because the first request is still being worked on or its process died. */
  status: number | null;
  body: unknown;
}

/** Takes the key for a request; gives what is stored under it where it was taken before. */
export async function takeKey(
  db: Knex,
  userId: number,
  key: string,
  requestHash: string,
): Promise<StoredAnswer | null> {
  const { rowCount } = await db.raw<{ rowCount: number }>(
    `insert into idempotency_keys (user_id, key, request_hash) values (:user, :key, :hash) on conflict do nothing`,
    { user: userId, key, hash: requestHash },
  );
  if (rowCount > 0) return null;
  const row = (await db('idempotency_keys').where({ user_id: userId, key }).first()) as
    StoredAnswer | undefined;
  return row ?? null;
}

export async function storeAnswer(
  db: Knex,
  userId: number,
  key: string,
  status: number,
  body: unknown,
): Promise<void> {
  await db('idempotency_keys')
    .where({ user_id: userId, key })
    .update({ status, body: JSON.stringify(body ?? null) });
}

/** Lets the key be used again: nothing came of the request. */
export async function releaseKey(db: Knex, userId: number, key: string): Promise<void> {
  await db('idempotency_keys').where({ user_id: userId, key }).whereNull('status').delete();
}
