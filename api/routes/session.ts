import { attemptSucceeded } from '../../db/sign-in-attempts';
import { deleteSession } from '../../db/sessions';
import { organisationContract as contract } from '../contract/organisation';
import { implement } from '../implement';
import { clearToken, hashToken, tokenOf } from '../middleware/session-cookie';
import { auditOwn } from '../sign-in/audit-own';
import { checkPassword } from '../sign-in/check-password';
import { owedBy } from '../sign-in/owed';
import { beginSession, sessionOf } from '../sign-in/sessions';

export const sessionRoutes = [
  implement(contract.signIn, async (request, context) => {
    const { user, attempt, lane } = await checkPassword(request.body, request, context);
    return beginSession(user, 'password', request, context, (trx) => attemptSucceeded(trx, attempt, lane));
  }),

  implement(contract.whoAmI, (request, { now, settings }) =>
    Promise.resolve({
      ...request.actor,
      grants: [...request.actor.grants],
      owes: owedBy(sessionOf(request), settings.signIn, now()),
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
