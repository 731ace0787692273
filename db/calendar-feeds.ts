import type { Knex } from 'knex';

/** A new secret takes the place of the one before. */
export async function storeFeed(
  trx: Knex,
  feed: { userId: number; tokenHash: string; at: Date },
): Promise<void> {
  await trx('calendar_feeds')
    .insert({ user_id: feed.userId, token_hash: feed.tokenHash, created_at: feed.at })
    .onConflict('user_id')
    .merge();
}

export async function dropFeed(trx: Knex, userId: number): Promise<void> {
  await trx('calendar_feeds').where({ user_id: userId }).delete();
}

/** Since when the person has a feed; null: they have none. */
export async function readFeed(db: Knex, userId: number): Promise<Date | null> {
  const row = await db('calendar_feeds')
    .where({ user_id: userId })
    .first<{ created_at: Date } | undefined>('created_at');
  return row?.created_at ?? null;
}

/** Whose feed it is; null: nobody's, or of somebody who may not sign in any more. */
export async function ownerOfFeed(db: Knex, tokenHash: string): Promise<{ id: number; name: string } | null> {
  const row = await db('calendar_feeds as f')
    .join('users as u', 'u.id', 'f.user_id')
    .where('f.token_hash', tokenHash)
    .whereNull('u.disabled_at')
    .first<{ id: number; name: string } | undefined>('u.id', 'u.name');
  return row ?? null;
}

export interface FeedTask {
  id: number;
  /** How often its person or due date changed. */
  moves: number;
  changed_at: Date;
}

/** The person's open tasks, and those that ended since a moment: calendar programs take away what they are told of. */
export async function readFeedTasks(
  db: Knex,
  people: readonly number[],
  endedSince: Date,
  limit: number,
): Promise<FeedTask[]> {
  const { rows } = await db.raw<{ rows: FeedTask[] }>(
    `select t.id, coalesce(m.moves, 0) as moves,
            greatest(t.created_at, m.at, t.done_at, t.cancelled_at) as changed_at
       from tasks t join deadlines d on d.id = t.deadline_id
       left join lateral (select count(*) as moves, max(at) as at from task_moves where task_id = t.id) m on true
      where t.assignee_id = any (cast(:people as bigint[]))
        and ((t.done_at is null and t.cancelled_at is null) or coalesce(t.done_at, t.cancelled_at) > :since)
      order by d.due_at, t.id limit :limit`,
    { people: [...people], since: endedSince, limit },
  );
  return rows;
}
