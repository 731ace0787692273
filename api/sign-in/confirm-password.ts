import { verify } from '@node-rs/argon2';
import { findUser } from '../../db/sessions';
import { beginAttempt, withdrawAttempt } from '../../db/sign-in-attempts';
import { invalidField } from '../../domain/errors';
import type { ApiContext } from '../context';
import type { ApiRequest } from '../implement';
import { auditOwn } from './audit-own';
import { tooMany } from './check-password';

/**
 * Asks who is signed in for the password once more, before something that decides who may sign in (ASVS 7.5.1). Guesses
 * count by session: who sits at a colleague's open desk keeps nobody out elsewhere.
 */
export async function confirmPassword(
  password: string,
  request: ApiRequest<unknown, unknown, unknown>,
  { db, now }: ApiContext,
): Promise<void> {
  const { actor, session } = request;
  const guarded = { username: `confirm/${session?.id ?? ''}`, address: null, device: null };
  const { id, until } = await beginAttempt(db, guarded, now());
  if (until) throw tooMany(until, request, now());
  const user = await findUser(db, actor.username);
  if (user && (await verify(user.password_hash, password))) {
    await withdrawAttempt(db, id);
    return;
  }
  await auditOwn(db, request, 'account.confirm-refused');
  throw invalidField('wrong-password', 'current', '现在的密码不对。');
}
