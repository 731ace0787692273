/** Who is left out by the yearly cap and why: names, so never for the public. */
import type { Knex } from 'knex';
import { listCapped, type CappedEntity } from '../../db/capped-entities';
import { readKinds } from '../../db/entity-runs';
import { everyRow, type RowsAfter } from '../../db/every-row';
import { cappedKinds } from '../../domain/draw/capped-kinds';
import type { CoveringPlan } from '../../domain/draw/covered-by';
import type { CoveringItem } from '../../domain/draw/coverage';
import { takenByCap } from '../../domain/draw/taken-by-cap';
import { invalid } from '../../domain/errors';
import { partWords } from '../../domain/policies/parts';
import { regionNamer } from '../region-namer';
import { decodeCursor, isId, pageOf } from '../cursor';
import type { FileAnswer } from '../implement';
import { csvAnswer, workbookAnswer, type TableColumn } from '../tables';

export interface CapScope {
  items: readonly (CoveringItem & { name: string })[];
  plan: CoveringPlan;
  /** Whose year counts. */
  day: string;
}

/** A workbook is held in memory until it is whole. */
const WORKBOOK_ROWS = 50_000;

export async function cappedPage(
  db: Knex,
  scope: CapScope,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
) {
  const after = decodeCursor(cursor, isId);
  const rows = await listCapped(db, { ...(await questionOf(db, scope)), after, limit: limit + 1 });
  const page = pageOf(rows, limit, (row) => row.id);
  return { ...page, rows: page.rows.map(await shower(db, scope)) };
}

export const cappedCsv = (db: Knex, scope: CapScope, fileName: string): FileAnswer =>
  csvAnswer(COLUMNS, shownRows(db, scope), `${fileName}.csv`);

export async function cappedWorkbook(db: Knex, scope: CapScope, fileName: string): Promise<FileAnswer> {
  const rows: Shown[] = [];
  for await (const row of shownRows(db, scope)) {
    if (rows.length === WORKBOOK_ROWS) {
      throw invalid('too-many-rows', `名单超过 ${WORKBOOK_ROWS} 户，工作簿装不下；请下载 CSV。`);
    }
    rows.push(row);
  }
  return workbookAnswer(COLUMNS, rows, { sheet: '已达年度上限', fileName: `${fileName}.xlsx` });
}

export const questionOf = async (db: Knex, { items, plan, day }: CapScope) => ({
  day,
  kinds: cappedKinds(items, plan, await readKinds(db)),
});

async function* shownRows(db: Knex, scope: CapScope): AsyncGenerator<Shown> {
  const question = await questionOf(db, scope);
  const show = await shower(db, scope);
  const rows = everyRow(
    ({ limit, after }: RowsAfter<number>) => listCapped(db, { ...question, after, limit }),
    (row) => row.id,
  );
  for await (const row of rows) yield show(row);
}

type Shown = ReturnType<Awaited<ReturnType<typeof shower>>>;

async function shower(db: Knex, { items, day }: CapScope) {
  const regionOf = await regionNamer(db);
  const names = new Map(items.map(({ code, name }) => [code, name]));
  const itemOf = (code: string) => ({ code, name: names.get(code) ?? code });
  return (row: CappedEntity) => {
    const { taken, kept } = takenByCap(items, row.cap, {
      region: row.region_code,
      tags: row.tags,
      visits: row.visits.length,
    });
    return {
      creditCode: row.credit_code,
      name: row.name,
      region: regionOf(row.region_code),
      riskClass: row.risk_class,
      drawClass: row.draw_class,
      stratum: row.stratum,
      cap: row.cap,
      visits: row.visits.map(({ campaign, name, on }) => ({ campaign: { code: campaign, name }, on })),
      taken: taken.map(itemOf),
      kept: kept.map(itemOf),
      reason: reasonOf(
        row,
        partWords(row.stratum, (code) => regionOf(code).name),
        {
          year: day.slice(0, 4),
          isKept: kept.length > 0,
        },
      ),
    };
  };
}

const reasonOf = (
  { visits, cap }: CappedEntity,
  stratum: string,
  { year, isKept }: { year: string; isKept: boolean },
): string =>
  `${year} 年已计入检查 ${visits.length} 次，达到 ${stratum}每年 ${cap} 次的上限：` +
  (isKept ? '只由重点检查事项抽取。' : '不再列入抽查对象。');

const COLUMNS: readonly TableColumn<Shown>[] = [
  { header: '统一社会信用代码', value: (row) => row.creditCode, width: 22 },
  { header: '名称', value: (row) => row.name, width: 36 },
  { header: '地区', value: (row) => row.region.name, width: 12 },
  { header: '信用风险类别', value: (row) => row.riskClass, width: 12 },
  { header: '抽查类别', value: (row) => row.drawClass, width: 10 },
  { header: '每年上限', value: (row) => row.cap, width: 10 },
  { header: '今年已计入次数', value: (row) => row.visits.length, width: 14 },
  {
    header: '计入的检查',
    value: (row) =>
      row.visits
        .map(({ campaign, on }) => `${campaign.code} ${campaign.name}（${on ?? '日期未定'}）`)
        .join('；'),
    width: 48,
  },
  { header: '不再抽取的事项', value: (row) => row.taken.map(({ name }) => name).join('；'), width: 36 },
  { header: '仍可抽取的重点事项', value: (row) => row.kept.map(({ name }) => name).join('；'), width: 30 },
  { header: '原因', value: (row) => row.reason, width: 48 },
];
