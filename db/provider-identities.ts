/** People as the city's identity provider knows them, and sign-ins that wait for its answer. */
import type { Knex } from 'knex';
import type { UserRow } from './sessions';

export type ProviderPurpose = 'sign-in' | 'link' | 'proof';

export interface ProviderSignIn {
  purpose: ProviderPurpose;
  /** Who was signed in when it began; null where somebody signs in. */
  userId: number | null;
  state: string;
  nonce: string;
  verifier: string;
  returnTo: string;
}

export async function insertProviderSignIn(
  trx: Knex,
  tokenHash: string,
  expiresAt: Date,
  { purpose, userId, state, nonce, verifier, returnTo }: ProviderSignIn,
): Promise<void> {
  await trx('provider_sign_ins').insert({
    token_hash: tokenHash,
    purpose,
    user_id: userId,
    state,
    nonce,
    verifier,
    return_to: returnTo,
    expires_at: expiresAt,
  });
}

/** Each serves once: of two answers to one, the first has it. */
export async function takeProviderSignIn(
  trx: Knex,
  tokenHash: string,
  now: Date,
): Promise<ProviderSignIn | null> {
  const { rows } = await trx.raw<{ rows: (ProviderSignIn & { isOver: boolean })[] }>(
    `delete from provider_sign_ins where token_hash = :tokenHash
     returning purpose, user_id as "userId", state, nonce, verifier, return_to as "returnTo", expires_at <= :now as "isOver"`,
    { tokenHash, now },
  );
  if (!rows[0] || rows[0].isOver) return null;
  const { isOver: _isOver, ...signIn } = rows[0];
  return signIn;
}

export interface Identity {
  issuer: string;
  subject: string;
}

/** The person who is linked; null: nobody, or somebody whose access has ended. */
export async function findLinkedUser(
  db: Knex,
  { issuer, subject }: Identity,
): Promise<Pick<UserRow, 'id' | 'username' | 'name'> | null> {
  const row = await db('provider_identities as p')
    .join('users as u', 'u.id', 'p.user_id')
    .where({ 'p.issuer': issuer, 'p.subject': subject })
    .where({ 'u.disabled_at': null, 'u.is_service': false })
    .first<Pick<UserRow, 'id' | 'username' | 'name'> | undefined>('u.id', 'u.username', 'u.name');
  return row ?? null;
}

/** Whether it could be linked: neither side was linked before. */
export async function linkIdentity(
  trx: Knex,
  { issuer, subject }: Identity,
  userId: number,
  at: Date,
): Promise<boolean> {
  const linked = await trx('provider_identities')
    .insert({ issuer, subject, user_id: userId, linked_at: at })
    .onConflict()
    .ignore()
    .returning('user_id');
  return linked.length > 0;
}

export async function linkedSince(db: Knex, userId: number, issuer: string): Promise<Date | null> {
  const row = await db('provider_identities')
    .where({ user_id: userId, issuer })
    .first<{ linked_at: Date } | undefined>('linked_at');
  return row?.linked_at ?? null;
}

/** From every provider; whether there was one. */
export async function unlinkIdentities(trx: Knex, userId: number): Promise<boolean> {
  return (await trx('provider_identities').where({ user_id: userId }).delete()) > 0;
}
