import { attemptSucceeded } from '../../db/sign-in-attempts';
import { deleteChallenge, findChallenge } from '../../db/second-factors';
import { deleteSession } from '../../db/sessions';
import { DomainError } from '../../domain/errors';
import { organisationContract as contract } from '../contract/organisation';
import { implement } from '../implement';
import { challengeOf, clearChallenge, clearToken, hashToken, tokenOf } from '../middleware/session-cookie';
import { auditOwn } from '../sign-in/audit-own';
import { checkPassword } from '../sign-in/check-password';
import { endAtProvider } from '../sign-in/provider';
import { demandSecondFactor, isRightCode, WRONG_CODE } from '../sign-in/second-factor';
import { beginSession, meOf, sessionOf } from '../sign-in/sessions';

export const sessionRoutes = [
  implement(contract.signIn, async (request, context) => {
    const { user, attempt, lane } = await checkPassword(request.body, request, context);
    await attemptSucceeded(context.db, attempt, lane);
    await demandSecondFactor(user, 'password', request, context);
    const how = { way: 'password', hasSecondFactor: false, provenAt: context.now() } as const;
    return beginSession(user, how, request, context);
  }),

  implement(contract.signInCode, async (request, context) => {
    const { db, now, settings } = context;
    const token = challengeOf(request.response.req);
    const challenge = token === null ? null : await findChallenge(db, hashToken(token), now());
    if (token === null || !challenge) {
      throw new DomainError('unauthenticated', 'sign-in-over', '登录已超时，请重新输入用户名和密码。');
    }
    if (!(await isRightCode(challenge.user, request.body.code, request, context)))
      throw new DomainError('unauthenticated', 'wrong-code', WRONG_CODE);
    const how = { way: challenge.way, hasSecondFactor: true, provenAt: now() };
    const begun = await beginSession(challenge.user, how, request, context, (trx) =>
      deleteChallenge(trx, hashToken(token)),
    );
    clearChallenge(request.response, settings);
    return begun;
  }),

  implement(contract.whoAmI, (request, { now, settings }) =>
    Promise.resolve(meOf(request.actor, sessionOf(request), settings, now())),
  ),

  implement(contract.signOut, async (request, { db, settings }) => {
    const { response } = request;
    const token = tokenOf(response.req);
    await db.transaction(async (trx) => {
      if (token !== null) await deleteSession(trx, hashToken(token));
      await auditOwn(trx, request, 'session.end');
    });
    clearToken(response, settings);
    const { provider } = settings.signIn;
    const isOfProvider = provider !== null && sessionOf(request).way === 'provider';
    return {
      providerUrl: isOfProvider ? await endAtProvider(provider, `${settings.publicUrl}/login`) : null,
    };
  }),
];
