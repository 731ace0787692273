import { hash } from '@node-rs/argon2';
import { endOtherSessions, endSession, listSessions, noteProof } from '../../db/sessions';
import { changePassword, readBrowserKey } from '../../db/users';
import { invalidField, notFound } from '../../domain/errors';
import { passwordProblem } from '../../domain/sign-in/password-policy';
import { accountContract as contract } from '../contract/account';
import { implement } from '../implement';
import { accountOf } from '../sign-in/account-of';
import { auditOwn } from '../sign-in/audit-own';
import { confirmPassword } from '../sign-in/confirm-password';
import { isCommonPassword } from '../sign-in/common-passwords';
import { demandRecentProof } from '../sign-in/proof';
import { isRightCode, WRONG_CODE } from '../sign-in/second-factor';
import { renewSession, sessionOf } from '../sign-in/sessions';

export const accountRoutes = [
  implement(contract.getAccount, (request, context) => accountOf(request.actor, sessionOf(request), context)),

  implement(contract.readBrowserKey, async ({ actor }, { db }) => ({
    key: await readBrowserKey(db, actor.id),
  })),

  implement(contract.changePassword, async (request, context) => {
    const { actor, body } = request;
    const { db, now, settings } = context;
    const session = sessionOf(request);
    await confirmPassword(body.current, request, context);
    if (body.password === body.current) {
      throw invalidField('same-password', 'password', '新密码与现在的相同。');
    }
    const problem = passwordProblem(body.password, actor, settings.signIn.passwords, isCommonPassword);
    if (problem !== null) throw invalidField('weak-password', 'password', problem);
    const passwordHash = await hash(body.password);
    const at = now();
    await db.transaction(async (trx) => {
      await changePassword(trx, actor.id, passwordHash, at);
      const ended = await endOtherSessions(trx, actor.id, session.id);
      await renewSession(trx, session, request, context);
      await auditOwn(trx, request, 'account.password', { sessionsEnded: ended });
    });
    return accountOf(actor, { ...session, passwordChangedAt: at }, context);
  }),

  implement(contract.proveOneself, async (request, context) => {
    const { db, now } = context;
    const { id } = sessionOf(request);
    if ('current' in request.body) await confirmPassword(request.body.current, request, context);
    else if (!(await isRightCode(request.actor, request.body.code, request, context)))
      throw invalidField('wrong-code', 'code', WRONG_CODE);
    await noteProof(db, id, now());
    return undefined;
  }),

  implement(contract.listOwnSessions, async (request, { db, now, settings }) => {
    const rows = await listSessions(db, request.actor.id, now(), settings.signIn.idleMinutes);
    const current = sessionOf(request).id;
    return {
      rows: rows.map((row) => ({
        ...row,
        isCurrent: row.id === current,
        createdAt: row.createdAt.toISOString(),
        lastUsedAt: row.lastUsedAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
      })),
    };
  }),

  implement(contract.endOwnSession, async (request, context) => {
    const { actor, params } = request;
    demandRecentProof(request, context);
    await context.db.transaction(async (trx) => {
      if (!(await endSession(trx, actor.id, params.session))) {
        throw notFound('session-not-found', '没有这处登录，或者它已经结束。');
      }
      await auditOwn(trx, request, 'session.end', { session: params.session });
    });
    return undefined;
  }),

  implement(contract.endOtherSessions, async (request, context) => {
    demandRecentProof(request, context);
    const ended = await context.db.transaction(async (trx) => {
      const count = await endOtherSessions(trx, request.actor.id, sessionOf(request).id);
      await auditOwn(trx, request, 'session.end', { others: count });
      return count;
    });
    return { ended };
  }),
];
