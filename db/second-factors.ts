/** Second factors of people. Secrets come and go encrypted, recovery codes hashed. */
import type { Knex } from 'knex';
import type { SessionWay, UserRow } from './sessions';

export interface SecondFactorRow {
  secret: string | null;
  confirmed_at: Date | null;
  last_step: number;
  new_secret: string | null;
  recovery_salt: string | null;
}

export async function readSecondFactor(db: Knex, userId: number): Promise<SecondFactorRow | null> {
  const row = await db('second_factors')
    .where({ user_id: userId })
    .first<SecondFactorRow | undefined>('secret', 'confirmed_at', 'last_step', 'new_secret', 'recovery_salt');
  return row ?? null;
}

export async function countRecoveryCodes(db: Knex, userId: number): Promise<number> {
  const [row] = await db('recovery_codes')
    .where({ user_id: userId })
    .whereNull('used_at')
    .count<{ count: number }[]>({ count: '*' });
  return row?.count ?? 0;
}

/** Keeps what its owner is shown until the first code proves that an app has it. */
export async function offerSecondFactor(trx: Knex, userId: number, newSecret: string): Promise<void> {
  await trx('second_factors')
    .insert({ user_id: userId, new_secret: newSecret })
    .onConflict('user_id')
    .merge(['new_secret']);
}

export async function confirmSecondFactor(trx: Knex, userId: number, step: number, at: Date): Promise<void> {
  await trx('second_factors')
    .where({ user_id: userId })
    .update({ secret: trx.ref('new_secret'), new_secret: null, confirmed_at: at, last_step: step });
}

/** Whether the step was not used before; of two requests with one code, one is the first. */
export async function useStep(trx: Knex, userId: number, step: number): Promise<boolean> {
  const changed = await trx('second_factors')
    .where({ user_id: userId })
    .where('last_step', '<', step)
    .update({ last_step: step });
  return changed > 0;
}

export async function replaceRecoveryCodes(
  trx: Knex,
  userId: number,
  salt: string,
  hashes: readonly string[],
): Promise<void> {
  await trx('second_factors').where({ user_id: userId }).update({ recovery_salt: salt });
  await trx('recovery_codes').where({ user_id: userId }).delete();
  await trx('recovery_codes').insert(hashes.map((code_hash) => ({ user_id: userId, code_hash })));
}

/** Whether there was such a code, not used before. */
export async function useRecoveryCode(trx: Knex, userId: number, hash: string, at: Date): Promise<boolean> {
  const changed = await trx('recovery_codes')
    .where({ user_id: userId, code_hash: hash })
    .whereNull('used_at')
    .update({ used_at: at });
  return changed > 0;
}

/** Whether there was one. */
export async function removeSecondFactor(trx: Knex, userId: number): Promise<boolean> {
  await trx('sign_in_challenges').where({ user_id: userId }).delete();
  return (await trx('second_factors').where({ user_id: userId }).delete()) > 0;
}

export interface Challenge {
  user: Pick<UserRow, 'id' | 'username' | 'name'>;
  way: Exclude<SessionWay, 'demo'>;
}

export async function insertChallenge(
  trx: Knex,
  challenge: { tokenHash: string; userId: number; way: Challenge['way']; expiresAt: Date },
): Promise<void> {
  await trx('sign_in_challenges').insert({
    token_hash: challenge.tokenHash,
    user_id: challenge.userId,
    way: challenge.way,
    expires_at: challenge.expiresAt,
  });
}

/** The sign-in that waits for its second factor under this token. */
export async function findChallenge(db: Knex, tokenHash: string, now: Date): Promise<Challenge | null> {
  const row = await db('sign_in_challenges as c')
    .join('users as u', 'u.id', 'c.user_id')
    .where({ 'c.token_hash': tokenHash })
    .where('c.expires_at', '>', now)
    .whereNull('u.disabled_at')
    .first<(Challenge['user'] & { way: Challenge['way'] }) | undefined>(
      'u.id',
      'u.username',
      'u.name',
      'c.way',
    );
  if (!row) return null;
  const { way, ...user } = row;
  return { user, way };
}

export async function deleteChallenge(trx: Knex, tokenHash: string): Promise<void> {
  await trx('sign_in_challenges').where({ token_hash: tokenHash }).delete();
}
