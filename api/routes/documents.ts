import { readBulletin } from '../../db/bulletins';
import { findCode } from '../../db/visit-papers';
import { invalidField } from '../../domain/errors';
import { bulletinOf } from '../bulletins/bulletin-of';
import { documentsContract as contract } from '../contract/documents';
import { bulletinDocument } from '../documents/bulletin';
import { campaignReportOf } from '../documents/campaign-report';
import { minutesOf } from '../documents/ceremony-minutes';
import { checkFormsOf } from '../documents/check-forms';
import { fileOf } from '../documents/file-of';
import { noticeOf } from '../documents/notice';
import { rectificationOrderOf } from '../documents/rectification-order';
import { implement } from '../implement';
import { hashToken } from '../middleware/session-cookie';
import { assertSeen } from './bulletins';
import { readPublicBulletin } from './open-bulletins';

export const documentRoutes = [
  implement(contract.downloadNotice, async ({ params, query, actor }, context) =>
    fileOf(
      context,
      query.format,
      await noticeOf(context.db, params.id, { actor, now: context.now(), issued: null }),
    ),
  ),

  implement(contract.downloadIssuedNotice, async ({ params, body, actor }, context) => {
    const { db, now, settings } = context;
    const at = now();
    const notice = await noticeOf(db, params.id, {
      ...{ actor, now: at },
      issued: { code: body.code, url: `${settings.publicUrl}/public/visit#${body.code}` },
    });
    const found = await findCode(db, hashToken(body.code), at);
    if (found?.visitId !== params.id || found.purpose !== 'notice')
      throw invalidField('wrong-code', 'code', '这不是该户现行通知书的编码：请重新出具。');
    return fileOf(context, body.format, notice);
  }),

  implement(contract.downloadCheckForms, async ({ params, query, actor }, context) => {
    const { filled: isFilled, format } = query;
    const [first, ...others] = await checkFormsOf(context, params.id, { actor, isFilled });
    return first && fileOf(context, format, first, ...others);
  }),

  implement(contract.downloadRectificationOrder, async ({ params, query, actor }, context) =>
    fileOf(context, query.format, await rectificationOrderOf(context, params.id, actor)),
  ),

  implement(contract.downloadCampaignReport, async ({ params, query, actor }, context) =>
    fileOf(context, query.format, await campaignReportOf(context, params.code, actor)),
  ),

  implement(contract.downloadBulletinDocument, async ({ params, query, actor }, context) => {
    const row = await readBulletin(context.db, params.number);
    const bulletin = await bulletinOf(context.db, row, actor);
    assertSeen(row, actor, bulletin.editions.length > 0);
    const sha256 = bulletin.freezes[0]?.sha256 ?? '';
    return fileOf(context, query.format, bulletinDocument({ ...bulletin, sha256 }));
  }),

  implement(contract.downloadPublicBulletin, async ({ params, query }, context) =>
    fileOf(context, query.format, bulletinDocument(await readPublicBulletin(context.db, params.number))),
  ),

  implement(contract.downloadCeremonyMinutes, async ({ params, query }, context) =>
    fileOf(context, query.format, await minutesOf(context.db, params, context.settings.publicUrl)),
  ),
];
