import { appendAudit } from '../../db/audit';
import { countMails, listFailedMails, resendMail } from '../../db/mail-views';
import { readPreferences, storePreferences } from '../../db/notice-preferences';
import { notFound } from '../../domain/errors';
import { NOTICE_KINDS, NOTICE_LABELS, type NoticeKind } from '../../domain/notices/kinds';
import { isForInformation } from '../../domain/notices/preferences';
import { relationsToMails, shownAs, sightOn } from '../../domain/privacy/fields';
import { maskMail, maskWithin } from '../../domain/privacy/masks';
import { mailsContract as contract } from '../contract/mails';
import { decodeCursor, isId, pageOf } from '../cursor';
import { implement } from '../implement';

const INFORMING = NOTICE_KINDS.filter(isForInformation).map((kind) => NOTICE_LABELS[kind]);

export const mailRoutes = [
  implement(contract.readNoticePreferences, async ({ actor }, { db, settings: { hasMessenger } }) => ({
    ...(await readPreferences(db, actor.id)),
    ...{ hasMessenger, informing: INFORMING },
  })),

  implement(
    contract.setNoticePreferences,
    async ({ body, actor, address, requestId }, { db, settings: { hasMessenger } }) => {
      await db.transaction(async (trx) => {
        const before = await readPreferences(trx, actor.id);
        await storePreferences(trx, actor.id, body);
        await appendAudit(trx, {
          ...{ actorId: actor.id, action: 'notice-preferences.set', subject: `user/${actor.username}` },
          ...{ address, requestId, before: { ...before }, after: body },
        });
      });
      return { ...body, hasMessenger, informing: INFORMING };
    },
  ),

  implement(contract.readMailCounts, async ({ query }, { db }) => {
    const { byKind, byStatus } = await countMails(db, query.campaign ?? null);
    return {
      byKind: byKind.map((row) => ({ ...row, label: NOTICE_LABELS[row.kind as NoticeKind] })),
      byStatus,
    };
  }),

  implement(contract.listFailedMails, async ({ query, actor }, { db }) => {
    const relations = relationsToMails(actor);
    const before = decodeCursor(query.cursor, isId) ?? null;
    const page = pageOf(await listFailedMails(db, before, query.limit + 1), query.limit, (row) => row.id);
    return {
      ...page,
      rows: page.rows.map((row) => ({
        id: row.id,
        recipient: row.recipient,
        department:
          row.department_code === null
            ? null
            : { code: row.department_code, name: row.department_name ?? '' },
        channel: row.channel,
        email:
          row.channel === 'mail'
            ? shownAs('mailAddress', row.recipient_email, relations)
            : row.recipient_email,
        emailSight: row.channel === 'mail' ? sightOn('mailAddress', relations) : ('clear' as const),
        subject: row.subject,
        status: row.status,
        attempts: row.attempts,
        reply: row.last_reply === null ? null : maskWithin(row.last_reply),
        createdAt: row.created_at.toISOString(),
        failedAt: row.failed_at?.toISOString() ?? null,
      })),
    };
  }),

  implement(contract.resendMail, async ({ params, actor, address, requestId }, { db, now }) => {
    await db.transaction(async (trx) => {
      const resent = await resendMail(trx, params.id, now());
      if (!resent) {
        throw notFound(
          'mail-not-failed',
          `没有编号为 ${params.id} 的未送达邮件；可能已有人再次发送，请刷新列表。`,
        );
      }
      const { recipient, before, after } = resent;
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'mail.resend', subject: `mail/${params.id}` },
        ...{
          address,
          requestId,
          before: { email: maskMail(before) },
          after: { recipient, email: maskMail(after) },
        },
      });
    });
    return undefined;
  }),
];
