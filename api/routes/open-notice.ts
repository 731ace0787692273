import { appendAudit } from '../../db/audit';
import { insertRating, insertRecusal, recordArrival, recordLeaving } from '../../db/visit-papers';
import { conflict, invalidField } from '../../domain/errors';
import type { ApiContext } from '../context';
import { visitPapersContract as contract } from '../contract/visit-papers';
import { implement } from '../implement';
import { openNoticeOf, peopleOf, visitByCode } from '../visits/open-notice';
import { giveRecusalTask } from './visit-papers';

interface Asked {
  body: { code: string };
  address: string | null;
  requestId: string;
}

export const openNoticeRoutes = [
  implement(contract.readOpenNotice, async ({ body, address }, { db, now }) => {
    const { row, purpose } = await visitByCode(db, body.code, address, now());
    return openNoticeOf(db, row, purpose, now());
  }),

  implement(contract.askRecusal, async (request, context) => {
    const { db, now } = context;
    const { body, address } = request;
    const { row, purpose } = await visitByCode(db, body.code, address, now());
    const inspector = row.inspectors.find((one) => one.code === body.inspector);
    if (!inspector || row.finished_at !== null)
      throw invalidField('not-of-the-team', 'inspector', '该检查人员不在检查组，或检查已经完成。');
    await db.transaction(async (trx) => {
      const { department, code } = inspector;
      const at = now();
      const id = await insertRecusal(trx, {
        ...{ visitId: row.id, inspector: code, department, reason: body.reason, at },
      });
      if (id === null) throw conflict('asked-already', '对该检查人员的回避申请已经提出，不用重复。');
      await giveRecusalTask(trx, row, { id, department, inspector: code }, at);
      await appendAudit(trx, {
        ...{ actorId: null, action: 'recusal.ask', subject: `visit/${row.id}` },
        ...{ address, requestId: request.requestId, after: { inspector: code, reason: body.reason } },
      });
    });
    request.afterwards(() => context.campaigns.resultsArrived(row.campaign_code));
    return openNoticeOf(db, row, purpose, now());
  }),

  implement(contract.confirmArrival, async ({ body, address, requestId }, { db, now }) => {
    const { row, purpose } = await visitByCode(db, body.code, address, now());
    if (purpose !== 'on-site') {
      throw conflict('code-of-paper', '到场请扫检查人员手机上的二维码确认，通知书上的编码不能用于到场确认。');
    }
    const people = peopleOf(row, body.people);
    await db.transaction(async (trx) => {
      if (!(await recordArrival(trx, row.id, { at: now(), by: null, people }))) {
        throw conflict('arrived-already', '到场已经登记。');
      }
      await appendAudit(trx, {
        ...{ actorId: null, action: 'visit.arrival', subject: `visit/${row.id}` },
        ...{ address, requestId, after: { people: body.people } },
      });
    });
    return openNoticeOf(db, row, purpose, now());
  }),

  implement(contract.confirmLeaving, async (request, context) => leave(context, request)),

  implement(contract.rateVisit, async ({ body, address, requestId }, { db, now }) => {
    const { row, purpose } = await visitByCode(db, body.code, address, now());
    const { mayRate, rating } = await openNoticeOf(db, row, purpose, now());
    if (!mayRate) {
      throw conflict(
        rating === null ? 'not-over' : 'rated-already',
        rating === null ? '检查结束（离场）后才能评价。' : '本次检查已经评价过了。',
      );
    }
    await db.transaction(async (trx) => {
      const { stars, remark } = body;
      if (!(await insertRating(trx, row.id, { stars, remark, at: now() }))) {
        throw conflict('rated-already', '本次检查已经评价过了。');
      }
      await appendAudit(trx, {
        ...{ actorId: null, action: 'visit.rate', subject: `visit/${row.id}` },
        ...{ address, requestId, after: { stars } },
      });
    });
    return openNoticeOf(db, row, purpose, now());
  }),
];

async function leave({ db, now }: ApiContext, { body, address, requestId }: Asked) {
  const { row, purpose } = await visitByCode(db, body.code, address, now());
  await db.transaction(async (trx) => {
    if (!(await recordLeaving(trx, row.id, { at: now(), by: null }))) {
      throw conflict('not-there', '还没有登记到场，或离场已经登记。');
    }
    await appendAudit(trx, {
      ...{ actorId: null, action: 'visit.leaving', subject: `visit/${row.id}` },
      ...{ address, requestId },
    });
  });
  return openNoticeOf(db, row, purpose, now());
}
