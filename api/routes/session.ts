import { attemptSucceeded } from '../../db/sign-in-attempts';
import { deleteChallenge, findChallenge } from '../../db/second-factors';
import { deleteSession } from '../../db/sessions';
import { DomainError } from '../../domain/errors';
import { organisationContract as contract } from '../contract/organisation';
import { implement } from '../implement';
import { challengeOf, clearChallenge, clearToken, hashToken, tokenOf } from '../middleware/session-cookie';
import { auditOwn } from '../sign-in/audit-own';
import { checkPassword } from '../sign-in/check-password';
import { owedBy } from '../sign-in/owed';
import { checkCode, demandSecondFactor } from '../sign-in/second-factor';
import { beginSession, sessionOf } from '../sign-in/sessions';

export const sessionRoutes = [
  implement(contract.signIn, async (request, context) => {
    const { user, attempt, lane } = await checkPassword(request.body, request, context);
    await attemptSucceeded(context.db, attempt, lane);
    await demandSecondFactor(user, 'password', request, context);
    return beginSession(user, 'password', request, context);
  }),

  implement(contract.signInCode, async (request, context) => {
    const { db, now, settings } = context;
    const token = challengeOf(request.response.req);
    const challenge = token === null ? null : await findChallenge(db, hashToken(token), now());
    if (token === null || !challenge) {
      throw new DomainError('unauthenticated', 'sign-in-over', '登录已超时，请重新输入用户名和密码。');
    }
    await checkCode(challenge.user, request.body.code, request, context);
    const begun = await beginSession(challenge.user, challenge.way, request, context, true, (trx) =>
      deleteChallenge(trx, hashToken(token)),
    );
    clearChallenge(request.response, settings);
    return begun;
  }),

  implement(contract.whoAmI, (request, { now, settings }) =>
    Promise.resolve({
      ...request.actor,
      grants: [...request.actor.grants],
      owes: owedBy(sessionOf(request), request.actor, settings.signIn, now()),
    }),
  ),

  implement(contract.signOut, async (request, { db, settings }) => {
    const { response } = request;
    const token = tokenOf(response.req);
    await db.transaction(async (trx) => {
      if (token !== null) await deleteSession(trx, hashToken(token));
      await auditOwn(trx, request, 'session.end');
    });
    clearToken(response, settings);
    return undefined;
  }),
];
