/** The second step of signing in, and what its codes are. */
import { randomBytes, randomInt } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import {
  insertChallenge,
  readSecondFactor,
  replaceRecoveryCodes,
  useRecoveryCode,
  useStep,
  type Challenge,
} from '../../db/second-factors';
import type { UserRow } from '../../db/sessions';
import { attemptSucceeded, beginAttempt } from '../../db/sign-in-attempts';
import { conflict, DomainError } from '../../domain/errors';
import { readRecoveryCode, recoveryCode, RECOVERY_CODES } from '../../domain/sign-in/recovery-codes';
import { stepOfCode } from '../../domain/sign-in/totp';
import type { ApiContext, SignInSettings } from '../context';
import type { ApiRequest } from '../implement';
import { hashToken, newToken, setChallenge } from '../middleware/session-cookie';
import { tooMany } from './check-password';
import { seal, unseal } from './sealed';

/** Long enough to find the phone. */
const CHALLENGE_MS = 10 * 60_000;

type Request = Pick<ApiRequest<unknown, unknown, unknown>, 'address' | 'requestId' | 'response'>;

const aboutOf = (userId: number): string => `second-factor/${userId}`;

export const sealSecret = ({ secondFactor }: SignInSettings, userId: number, secret: Buffer): string =>
  seal(keysOf(secondFactor), secret, aboutOf(userId));

/** One that another key sealed, or that stood in somebody else's row, opens nothing. */
export function unsealSecret({ secondFactor }: SignInSettings, userId: number, sealed: string): Buffer {
  const keys = keysOf(secondFactor);
  try {
    return unseal(keys, sealed, aboutOf(userId));
  } catch {
    throw conflict(
      'second-factor-unreadable',
      '您的二次验证打不开，请联系系统管理员（SIGN_IN_KEY 是否更换过？）。',
    );
  }
}

function keysOf({ keys }: SignInSettings['secondFactor']): readonly Buffer[] {
  if (keys.length > 0) return keys;
  throw conflict('second-factor-off', '本系统没有设置二次验证的密钥，请联系系统管理员（SIGN_IN_KEY）。');
}

/** Where the person has a second factor, the sign-in waits for it, and says so. */
export async function demandSecondFactor(
  user: Pick<UserRow, 'id'>,
  way: Challenge['way'],
  { response }: Request,
  { db, now, settings }: ApiContext,
): Promise<void> {
  const factor = await readSecondFactor(db, user.id);
  if (!factor?.confirmed_at) return;
  const token = newToken();
  const expiresAt = new Date(now().getTime() + CHALLENGE_MS);
  await insertChallenge(db, { tokenHash: hashToken(token), userId: user.id, way, expiresAt });
  setChallenge(response, token, settings, CHALLENGE_MS / 1000);
  throw new DomainError('unauthenticated', 'code-needed', '请输入验证器上的 6 位数字，或一个恢复码。');
}

/** Takes a code of the person's app, or one of the recovery codes; each serves once. Guesses wait as passwords do. */
export async function isRightCode(
  user: Pick<UserRow, 'id' | 'username'>,
  typed: string,
  request: Request,
  { db, now, settings }: ApiContext,
): Promise<boolean> {
  const attempt = { username: `code/${user.id}`, address: null, device: null };
  const { lane, until } = await beginAttempt(db, attempt, now());
  const record = (action: string) =>
    appendAudit(db, {
      actorId: null,
      action,
      subject: `user/${user.username}`,
      address: request.address,
      requestId: request.requestId,
    });
  if (until) {
    await record('session.block-code');
    throw tooMany(until, request, now());
  }
  const used = await useCode(db, user.id, typed, now(), settings.signIn);
  if (used === null) {
    await record('session.refuse-code');
    return false;
  }
  if (used === 'recovery') await record('account.recovery-code-used');
  await attemptSucceeded(db, attempt, lane);
  return true;
}

export const WRONG_CODE = '验证码不对、已过期或已经用过。请输入应用当前显示的 6 位数字。';

async function useCode(
  db: Knex,
  userId: number,
  typed: string,
  now: Date,
  settings: SignInSettings,
): Promise<'app' | 'recovery' | null> {
  const factor = await readSecondFactor(db, userId);
  if (!factor?.secret) return null;
  const secret = unsealSecret(settings, userId, factor.secret);
  const step = stepOfCode(secret, typed, now, factor.last_step);
  if (step !== null) return (await useStep(db, userId, step)) ? 'app' : null;
  const code = readRecoveryCode(typed);
  if (code === null || factor.recovery_salt === null) return null;
  return (await useRecoveryCode(db, userId, await hashCode(code, factor.recovery_salt), now))
    ? 'recovery'
    : null;
}

/** New ones in place of all before, for their owner to keep; the database has their hashes. */
export async function newRecoveryCodes(trx: Knex, userId: number): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => recoveryCode(randomInt));
  const salt = randomBytes(16).toString('base64url');
  const hashes = await Promise.all(codes.map((code) => hashCode(code, salt)));
  await replaceRecoveryCodes(trx, userId, salt, hashes);
  return codes;
}

/** Slow as passwords' (ASVS 6.5.2); the person's codes share a salt, so that one hash finds the code. */
const hashCode = (code: string, salt: string): Promise<string> =>
  hash(code, { salt: Buffer.from(salt, 'base64url') });
