import { appendAudit } from '../../db/audit';
import {
  figuresAsOf,
  listBulletins,
  listFreezes,
  lockBulletin,
  readBulletin,
  readBulletinStep,
  recordBulletinStep,
  saveTexts,
  sha256Of,
  supervisedRegion,
  type BulletinRow,
} from '../../db/bulletins';
import { readNames } from '../../db/organisation';
import { differences } from '../../domain/bulletins/snapshot';
import {
  BULLETIN_COMMAND_LABELS,
  bulletinRefusal,
  isBulletinCommandPossible,
  isBulletinOpen,
  NEEDS_REASON,
} from '../../domain/bulletins/stages';
import { conflict, forbidden, invalid, notFound } from '../../domain/errors';
import { dayOf } from '../../domain/deadlines/working-days';
import { mayWriteBulletins, statisticsAreas } from '../../domain/permissions/rules';
import { covers, prefixOf } from '../../domain/regions/covers';
import type { Actor } from '../../domain/roles';
import { bulletinOf, commandsFor, snapshotOf, summaryOf } from '../bulletins/bulletin-of';
import { bulletinsContract as contract } from '../contract/bulletins';
import { decodeCursor, isId, pageOf } from '../cursor';
import { implement } from '../implement';

const LISTED_DIFFERENCES = 200;

export const bulletinRoutes = [
  implement(contract.listBulletins, async ({ query, actor }, { db }) => {
    const { cursor, limit, kind, stage, year } = query;
    const beforeId = decodeCursor(cursor, isId);
    const rows = await listBulletins(db, {
      areas: statisticsAreas(actor).map(prefixOf),
      limit: limit + 1,
      ...(kind === undefined ? {} : { kind }),
      ...(stage === undefined ? {} : { stage }),
      ...(year === undefined ? {} : { year }),
      ...(beforeId === undefined ? {} : { beforeId }),
    });
    const names = await readNames(db);
    const page = pageOf(rows, limit, (row) => row.id);
    return { ...page, rows: page.rows.map((row) => summaryOf(row, names)) };
  }),

  implement(contract.draftBulletin, async ({ body, actor, key }, { db, now, campaigns }) => {
    const { from, to } = body;
    const region = body.region ?? (await ownRegion(actor, () => supervisedRegion(db)));
    if (!mayWriteBulletins(actor, region))
      throw forbidden('other-area', '该地区不在您督查的范围之内，不能编发其通报。');
    if (!(region in (await readNames(db)).regions))
      throw invalid('unknown-region', '没有这个行政区划代码。', [
        { field: 'region', message: '没有这个行政区划代码' },
      ]);
    if (from > dayOf(now()))
      throw invalid('period-to-come', '期间还没有开始，没有可通报的数字。', [
        { field: 'from', message: '不能晚于今天' },
      ]);
    const period = { from, to };
    const number = await campaigns.draftBulletin({ key, period, region, createdBy: actor.id });
    return bulletinOf(db, await readBulletin(db, number), actor);
  }),

  implement(contract.readBulletin, async ({ params, actor }, { db }) => {
    const row = await readBulletin(db, params.number);
    const detail = await bulletinOf(db, row, actor);
    assertSeen(row, actor, detail.editions.length > 0);
    return detail;
  }),

  implement(contract.editBulletin, async ({ params, body, actor, address, requestId, key }, { db, now }) => {
    const saved = await db.transaction(async (trx) => {
      const row = await lockBulletin(trx, params.number);
      if (!mayWriteBulletins(actor, row.region_code)) throw notYours('修改');
      if (!isBulletinOpen(row.stage))
        throw conflict('bulletin-stage', '通报已经提交或发布，文字不能再修改；退回或更正以后才能修改。');
      if (!(await saveTexts(trx, row.id, body)))
        throw conflict('bulletin-changed', '别人刚刚保存过这期通报：请刷新，核对后再保存。');
      await recordBulletinStep(trx, row.id, {
        ...{ key: `edit/${key}`, stage: row.stage, action: 'edit', reason: '', actorId: actor.id, at: now() },
      });
      await appendAudit(trx, {
        ...{
          actorId: actor.id,
          action: 'bulletin.edit',
          subject: `bulletin/${row.number}`,
          address,
          requestId,
        },
        before: { title: row.title, texts: row.texts },
        after: { title: body.title, texts: body.texts },
      });
      return readBulletin(trx, row.number);
    });
    return bulletinOf(db, saved, actor);
  }),

  implement(contract.commandBulletin, async (request, { db, campaigns }) => {
    const { params, body, actor, key, address, requestId } = request;
    const { number, command } = params;
    const row = await readBulletin(db, number);
    if ((await readBulletinStep(db, row.id, key)) === null) {
      if (!isBulletinCommandPossible(command, row.stage))
        throw conflict('bulletin-stage', bulletinRefusal(command, row.stage));
      if (!(await commandsFor(db, row, actor)).includes(command)) {
        if (command === 'approve' && row.submitted_by === actor.id)
          throw forbidden('own-submission', '提交人不能批准自己提交的通报。');
        throw notYours(BULLETIN_COMMAND_LABELS[command]);
      }
      if (NEEDS_REASON.includes(command) && body.reason === '')
        throw invalid('reason-missing', `${BULLETIN_COMMAND_LABELS[command]}请写明理由。`, [
          { field: 'reason', message: '请写明理由' },
        ]);
      await campaigns.commandBulletin(
        { workflowId: row.workflow_id, stage: row.stage, region: row.region_code },
        { number, command, key, actorId: actor.id, address, requestId, reason: body.reason },
      );
    }
    return bulletinOf(db, await readBulletin(db, number), actor);
  }),

  implement(contract.reproduceBulletin, async ({ params, query, actor }, { db }) => {
    const row = await readBulletin(db, params.number);
    const freezes = await listFreezes(db, row.id);
    assertSeen(row, actor, false);
    const freeze =
      query.freeze === undefined ? freezes[0] : freezes.find((one) => one.number === query.freeze);
    if (!freeze)
      throw notFound('freeze-not-found', `通报 ${row.number} 没有第 ${query.freeze ?? 1} 次冻结。`);
    const { figures } = snapshotOf(freeze);
    const found = differences(
      figures,
      await figuresAsOf(db, {
        period: figures.period,
        region: figures.region,
        asOf: new Date(figures.asOf),
      }),
    );
    return {
      freeze: freeze.number,
      sha256: freeze.sha256,
      isIntact: sha256Of(freeze.snapshot) === freeze.sha256,
      isEqual: found.length === 0,
      differences: found.slice(0, LISTED_DIFFERENCES).map(({ where, frozen, now }) => ({
        where,
        frozen: frozen === null ? '—' : String(frozen as string | number),
        now: now === null ? '—' : String(now as string | number),
      })),
      more: Math.max(0, found.length - LISTED_DIFFERENCES),
    };
  }),
];

/** Drafts are for the area's own office; what was made public is for everybody. */
export function assertSeen(row: BulletinRow, actor: Actor, wasPublic: boolean): void {
  if (wasPublic || statisticsAreas(actor).some((area) => covers(area, row.region_code))) return;
  throw forbidden('other-area', '该地区的通报尚未发布。');
}

async function ownRegion(actor: Actor, widest: () => Promise<string>): Promise<string> {
  const whole = await widest();
  if (mayWriteBulletins(actor, whole)) return whole;
  return actor.grants.find((grant) => grant.role === 'supervisor')?.region ?? whole;
}

const notYours = (what: string) =>
  forbidden('not-your-bulletin', `您不能${what}这期通报：由该地区的督查机构拟稿、领导小组审批。`);
