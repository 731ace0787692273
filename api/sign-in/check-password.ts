/** Whether a name and a password belong together; who guesses waits, and each failure is on record. */
import { hash, verify } from '@node-rs/argon2';
import { appendAudit } from '../../db/audit';
import { findUser, type UserRow } from '../../db/sessions';
import { beginAttempt, type Attempt } from '../../db/sign-in-attempts';
import { DomainError } from '../../domain/errors';
import type { Lane } from '../../domain/sign-in/lock-out';
import type { ApiContext } from '../context';
import type { ApiRequest } from '../implement';
import { deviceOf, hashToken } from '../middleware/session-cookie';

/** Checked where there is no such user, so that the time of the answer does not tell. */
let decoy: Promise<string> | undefined;

type Request = Pick<ApiRequest<unknown, unknown, unknown>, 'address' | 'requestId' | 'response'>;

export interface Checked {
  user: UserRow;
  attempt: Attempt;
  lane: Lane;
}

export async function checkPassword(
  { username, password }: { username: string; password: string },
  request: Request,
  { db, now }: ApiContext,
): Promise<Checked> {
  const device = deviceOf(request.response.req);
  const attempt = {
    username,
    address: request.address,
    device: device === null ? null : hashToken(device),
  };
  const { lane, until } = await beginAttempt(db, attempt, now());
  const user = await findUser(db, username);
  const record = (action: string) =>
    appendAudit(db, {
      actorId: null,
      action,
      // What is typed in place of a name may be a password.
      subject: user ? `user/${user.username}` : 'user/unknown',
      address: request.address,
      requestId: request.requestId,
      after: { from: lane },
    });
  if (until) {
    await record('session.block');
    throw tooMany(until, request, now());
  }
  decoy ??= hash('nobody');
  const isRight = await verify(user?.password_hash ?? (await decoy), password);
  if (!user || !isRight || user.disabled_at !== null) {
    await record('session.refuse');
    throw new DomainError('unauthenticated', 'wrong-credentials', '用户名或密码不对。');
  }
  return { user, attempt, lane };
}

export function tooMany(until: Date, { response }: Pick<Request, 'response'>, now: Date): DomainError {
  const seconds = Math.ceil((until.getTime() - now.getTime()) / 1000);
  response.setHeader('Retry-After', seconds);
  const wait = seconds < 60 ? `${seconds} 秒` : `${Math.ceil(seconds / 60)} 分钟`;
  return new DomainError('unavailable', 'too-many-attempts', `失败次数过多，请 ${wait}后再试。`);
}
