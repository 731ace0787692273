import { listNotices } from '../../db/task-views';
import { markNoticeRead } from '../../db/notices';
import { notFound } from '../../domain/errors';
import { NOTICE_LABELS, noticeLine, type NoticeKind } from '../../domain/notices/kinds';
import { workContract as contract } from '../contract/work';
import { decodeCursor, isId, pageOf } from '../cursor';
import { implement } from '../implement';

export const noticeRoutes = [
  implement(contract.listNotices, async ({ query, actor }, { db }) => {
    const beforeId = decodeCursor(query.cursor, isId) ?? null;
    const rows = await listNotices(db, actor.id, beforeId, query.limit + 1);
    const page = pageOf(rows, query.limit, (row) => row.id);
    return {
      ...page,
      rows: page.rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        title: NOTICE_LABELS[row.kind as NoticeKind],
        lines: [noticeLine(row.kind as NoticeKind, row.params)],
        campaign: row.campaign,
        campaignName: row.campaign_name,
        createdAt: row.created_at.toISOString(),
        readAt: row.read_at?.toISOString() ?? null,
        mail: row.mail,
      })),
    };
  }),

  implement(contract.markNoticeRead, async ({ params, actor }, { db, now }) => {
    if (!(await markNoticeRead(db, params.id, actor.id, now()))) {
      throw notFound('notice-not-found', `没有编号为 ${params.id} 的通知。`);
    }
    return undefined;
  }),
];
