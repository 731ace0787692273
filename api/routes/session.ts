import { hash, verify } from '@node-rs/argon2';
import { appendAudit } from '../../db/audit';
import {
  clearFailures,
  countFailures,
  deleteSession,
  findUser,
  insertSession,
  readGrants,
  recordFailure,
} from '../../db/sessions';
import { DomainError } from '../../domain/errors';
import { organisationContract as contract } from '../contract/organisation';
import { implement } from '../implement';
import { clearToken, hashToken, newToken, setToken, tokenOf } from '../middleware/session-cookie';

const MAX_FAILURES = 10;
const FAILURE_WINDOW_MS = 15 * 60_000;

/** Checked where there is no such user, so that the time of the answer does not tell. */
let decoy: Promise<string> | undefined;

export const sessionRoutes = [
  implement(contract.signIn, async ({ body, address, requestId, response }, { db, now, settings }) => {
    const { username, password } = body;
    const since = new Date(now().getTime() - FAILURE_WINDOW_MS);
    if ((await countFailures(db, username, since)) >= MAX_FAILURES) {
      throw new DomainError(
        'unavailable',
        'too-many-attempts',
        '该用户名登录失败次数过多，请 15 分钟后再试。',
      );
    }
    const user = await findUser(db, username);
    decoy ??= hash('nobody');
    const isRight = await verify(user?.password_hash ?? (await decoy), password);
    if (!user || !isRight || user.disabled_at !== null) {
      await recordFailure(db, username, now());
      throw new DomainError('unauthenticated', 'wrong-credentials', '用户名或密码不对。');
    }
    const token = newToken();
    await db.transaction(async (trx) => {
      await clearFailures(trx, username);
      await insertSession(trx, {
        tokenHash: hashToken(token),
        userId: user.id,
        expiresAt: new Date(now().getTime() + settings.sessionHours * 3_600_000),
      });
      await appendAudit(trx, {
        actorId: user.id,
        action: 'session.begin',
        subject: `user/${user.username}`,
        address,
        requestId,
      });
    });
    setToken(response, token, settings);
    return { id: user.id, username: user.username, name: user.name, grants: await readGrants(db, user.id) };
  }),

  implement(contract.whoAmI, ({ actor }) => Promise.resolve({ ...actor, grants: [...actor.grants] })),

  implement(contract.signOut, async ({ response }, { db, settings }) => {
    const token = tokenOf(response.req);
    if (token !== null) await deleteSession(db, hashToken(token));
    clearToken(response, settings);
    return undefined;
  }),
];
