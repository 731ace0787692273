import type { Knex } from 'knex';
import {
  blockedUntil,
  FAILURES_COUNT_MS,
  laneOf,
  type Count,
  type Failures,
  type Lane,
} from '../domain/sign-in/lock-out';

export interface Attempt {
  username: string;
  address: string | null;
  /** Hash of the browser's own cookie. */
  device: string | null;
}

export type Begun = { id: number; lane: Lane; until: null } | { id: null; lane: Lane; until: Date };

/**
 * Counts the attempt as failed until it proves right: attempts at the same time do not slip through together. One that has
 * to wait is not counted.
 */
export function beginAttempt(db: Knex, attempt: Attempt, now: Date): Promise<Begun> {
  const username = attempt.username.toLowerCase();
  return db.transaction(async (trx) => {
    // Always the name first: nobody waits for a name while holding an address.
    for (const what of [`name/${username}`, `address/${attempt.address ?? ''}`]) {
      await trx.raw(`select pg_advisory_xact_lock(hashtextextended('onevisit.sign-in/' || ?, 0))`, [what]);
    }
    const lane = laneOf(await placesKnown(trx, { ...attempt, username }));
    const until = blockedUntil(await readFailures(trx, { ...attempt, username }, lane, now), now);
    if (until) return { id: null, lane, until };
    const [row] = (await trx('login_failures')
      .insert({ username, at: now, address: attempt.address, device: attempt.device, lane })
      .returning('id')) as [{ id: number }];
    return { id: row.id, lane, until: null };
  });
}

async function placesKnown(
  trx: Knex,
  { username, address, device }: Attempt,
): Promise<Record<'device' | 'address', boolean>> {
  const kinds = await trx('sign_in_places as p')
    .join('users as u', 'u.id', 'p.user_id')
    .where('u.username', username)
    .whereIn(
      ['p.kind', 'p.value'],
      [
        ['device', device ?? ''],
        ['address', address ?? ''],
      ],
    )
    .pluck<string[]>('p.kind');
  return { device: kinds.includes('device'), address: kinds.includes('address') };
}

async function readFailures(
  trx: Knex,
  { username, address, device }: Attempt,
  lane: Lane,
  now: Date,
): Promise<Partial<Record<Count, Failures>>> {
  const own = {
    device: 'username = :username and device = :device',
    address: 'username = :username and address is not distinct from :address',
    stranger: 'username = :username and address is not distinct from :address',
  }[lane];
  const { rows } = await trx.raw<{ rows: [Record<string, number | Date | null>] }>(
    `select count(*) filter (where ${own}) as own, max(at) filter (where ${own}) as own_last,
            count(*) filter (where address = :address) as address, max(at) filter (where address = :address) as address_last,
            count(*) filter (where username = :username) as strangers,
            max(at) filter (where username = :username) as strangers_last
       from login_failures
      where (username = :username or address = :address) and at > :since and lane = :lane`,
    {
      username,
      address,
      device: device ?? '',
      lane,
      since: new Date(now.getTime() - FAILURES_COUNT_MS),
    },
  );
  const of = (name: string): Failures => ({
    count: Number(rows[0][name]),
    last: rows[0][`${name}_last`] as Date | null,
  });
  return lane === 'stranger'
    ? { own: of('own'), address: of('address'), strangers: of('strangers') }
    : { own: of('own') };
}

/** The attempt was right: what failed before it on the same lane counts no longer. */
export async function attemptSucceeded(trx: Knex, attempt: Attempt, lane: Lane): Promise<void> {
  const { address, device } = attempt;
  await trx('login_failures')
    .where({ username: attempt.username.toLowerCase(), lane })
    .where(lane === 'device' ? { device } : { address })
    .delete();
}

/** The person has signed in from there. */
export async function rememberPlaces(
  trx: Knex,
  userId: number,
  { address, device }: Pick<Attempt, 'address' | 'device'>,
  now: Date,
): Promise<void> {
  const places = [
    { kind: 'device', value: device },
    { kind: 'address', value: address },
  ].filter(({ value }) => value !== null);
  if (places.length === 0) return;
  await trx('sign_in_places')
    .insert(places.map((place) => ({ ...place, user_id: userId, last_at: now })))
    .onConflict(['user_id', 'kind', 'value'])
    .merge(['last_at']);
}

/** It was right, and is counted no longer. */
export async function withdrawAttempt(db: Knex, id: number): Promise<void> {
  await db('login_failures').where({ id }).delete();
}
