import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { beyondSight } from '../../db/acting';
import {
  confirmSecondFactor,
  offerSecondFactor,
  readSecondFactor,
  removeSecondFactor,
} from '../../db/second-factors';
import { endAllSessions, endOtherSessions } from '../../db/sessions';
import { conflict, forbidden, invalidField, notFound } from '../../domain/errors';
import { otpauthUri, stepOfCode, toBase32 } from '../../domain/sign-in/totp';
import { accountContract as contract } from '../contract/account';
import { implement } from '../implement';
import { accountOf } from '../sign-in/account-of';
import { auditOwn } from '../sign-in/audit-own';
import { needsSecondFactor } from '../sign-in/owed';
import { demandRecentProof } from '../sign-in/proof';
import { newRecoveryCodes, sealSecret, unsealSecret } from '../sign-in/second-factor';
import { renewSession, sessionOf } from '../sign-in/sessions';
import { auditAccount, keptAccount, tellOfAccount } from '../users/keep-account';

/** As long as the HMAC's own output (RFC 4226, section 4). */
const SECRET_BYTES = 20;

export const secondFactorRoutes = [
  implement(contract.offerSecondFactor, async (request, context) => {
    const { db, settings } = context;
    const { actor } = request;
    demandRecentProof(request, context);
    const secret = randomBytes(SECRET_BYTES);
    await offerSecondFactor(db, actor.id, sealSecret(settings.signIn, actor.id, secret));
    const place = new URL(settings.publicUrl).host;
    return { secret: toBase32(secret), uri: otpauthUri(secret, actor.username, `一次查 ${place}`) };
  }),

  implement(contract.confirmSecondFactor, async (request, context) => {
    const { db, now, settings } = context;
    const { actor, body } = request;
    const session = sessionOf(request);
    const factor = await readSecondFactor(db, actor.id);
    if (!factor?.new_secret) throw conflict('no-second-factor-offered', '请先生成新的二维码。');
    const secret = unsealSecret(settings.signIn, actor.id, factor.new_secret);
    const step = stepOfCode(secret, body.code, now(), 0);
    if (step === null) {
      throw invalidField(
        'wrong-code',
        'code',
        '验证码不对或已过期：请核对手机的时间，再输入应用当前显示的 6 位数字。',
      );
    }
    const codes = await db.transaction(async (trx) => {
      await confirmSecondFactor(trx, actor.id, step, now());
      const made = await newRecoveryCodes(trx, actor.id);
      await endOtherSessions(trx, actor.id, session.id);
      await renewSession(trx, session, request, context, true);
      await auditOwn(trx, request, 'account.second-factor');
      return made;
    });
    return { codes };
  }),

  implement(contract.renewRecoveryCodes, async (request, context) => {
    const { actor } = request;
    demandRecentProof(request, context);
    await mustHaveOne(context.db, actor.id);
    const codes = await context.db.transaction(async (trx) => {
      const made = await newRecoveryCodes(trx, actor.id);
      await auditOwn(trx, request, 'account.recovery-codes');
      return made;
    });
    return { codes };
  }),

  implement(contract.removeSecondFactor, async (request, context) => {
    const { actor } = request;
    const { db, settings } = context;
    const session = sessionOf(request);
    if (needsSecondFactor(actor, settings.signIn.secondFactor.roles)) {
      throw forbidden('second-factor-needed', '您的角色必须启用二次验证，不能停用；可以更换验证器。');
    }
    demandRecentProof(request, context);
    await mustHaveOne(db, actor.id);
    await db.transaction(async (trx) => {
      await removeSecondFactor(trx, actor.id);
      await endOtherSessions(trx, actor.id, session.id);
      await renewSession(trx, session, request, context, false);
      await auditOwn(trx, request, 'account.second-factor-removed');
    });
    return accountOf(actor, session, context);
  }),

  implement(contract.resetSecondFactor, async (request, context) => {
    const { actor, params, body } = request;
    if (params.id === actor.id) {
      throw forbidden('own-second-factor', '不能为自己清除二次验证，请另一名管理员办理。');
    }
    await context.db.transaction(async (trx) => {
      const at = context.now();
      const row = await keptAccount(trx, params.id, actor, at, ['security_admin']);
      if (!(await beyondSight(trx, (all) => removeSecondFactor(all, params.id)))) {
        throw conflict('no-second-factor', '该用户没有启用二次验证。');
      }
      await endAllSessions(trx, params.id);
      await auditAccount(trx, request, 'user.second-factor-reset', row, { after: { reason: body.reason } });
      await tellOfAccount(trx, request, context, {
        key: `user/${row.id}/second-factor/${at.toISOString()}`,
        recipients: [row.id],
        what: `安全管理员${actor.name}清除了您的二次验证。不是您本人要求的，请立即与其联系`,
      });
    });
    return undefined;
  }),
];

async function mustHaveOne(db: Knex, userId: number): Promise<void> {
  if ((await readSecondFactor(db, userId))?.confirmed_at) return;
  throw notFound('no-second-factor', '您没有启用二次验证。');
}
