import type { Knex } from 'knex';
import { listItems, listVersions, type ItemRow } from '../../db/items';
import { listDepartments } from '../../db/organisation';
import { dayOf } from '../../domain/deadlines/working-days';
import { notFound } from '../../domain/errors';
import { referenceOf } from '../../domain/items/basis';
import { percentText } from '../../domain/ratio-policy';
import { METHOD_NAMES } from '../../domain/visits/methods';
import { openItemsContract as contract } from '../contract/open-items';
import { decodeCursor, pageOf } from '../cursor';
import { FileAnswer, implement } from '../implement';
import { ITEM_STATUS_NAMES } from '../lists/tables';
import { csvAnswer, workbookAnswer, type TableColumn } from '../tables';
import { compare, itemOf, versionsOf } from './items';

export const openItemRoutes = [
  implement(contract.listPublicItems, async ({ query }, { db }) => {
    const afterCode = decodeCursor(query.cursor, isText);
    const rows = await listItems(db, {
      status: 'published',
      limit: query.limit + 1,
      ...(query.department === undefined ? {} : { department: query.department }),
      ...(afterCode === undefined ? {} : { afterCode }),
    });
    const page = pageOf(rows, query.limit, (row) => row.code);
    return { ...page, rows: page.rows.map(itemOf) };
  }),

  implement(contract.listPublicItemVersions, async ({ params }, { db }) => ({
    rows: (await versionsOf(db, params.code, true)).map(itemOf),
  })),

  implement(contract.comparePublicItemVersions, async ({ params, query }, { db }) =>
    compare(await versionsOf(db, params.code, true), query),
  ),

  implement(contract.downloadItemsJson, async ({ query }, { db }) => {
    const { rows, scope } = await openList(db, query.department);
    const items = rows.map((row) => ({ ...itemOf(row), departmentName: row.department_name }));
    return new FileAnswer(Buffer.from(JSON.stringify({ scope, items }, null, 1)), `items-${scope}.json`);
  }),

  implement(contract.downloadItemsCsv, async ({ query }, { db }) => {
    const { rows, scope } = await openList(db, query.department);
    return csvAnswer(COLUMNS, rows, `items-${scope}.csv`);
  }),

  implement(contract.downloadItemsXlsx, async ({ query }, { db }) => {
    const { rows, scope } = await openList(db, query.department);
    return workbookAnswer(COLUMNS, rows, { sheet: '随机抽查事项清单', fileName: `items-${scope}.xlsx` });
  }),
];

type OpenRow = ItemRow & { department_name: string };

/** Every version that was ever in force, of a department or of the city. */
async function openList(
  db: Knex,
  department: string | undefined,
): Promise<{ scope: string; rows: OpenRow[] }> {
  const names = new Map((await listDepartments(db)).map((one) => [one.code, one.name]));
  if (department !== undefined && !names.has(department)) {
    throw notFound('department-not-found', `没有代码为“${department}”的部门。`);
  }
  const rows = await listVersions(db, {
    isPublic: true,
    ...(department === undefined ? {} : { department }),
  });
  return {
    scope: department ?? 'all',
    rows: rows.map((row) => ({ ...row, department_name: names.get(row.department) ?? row.department })),
  };
}

const percent = (ppm: number | null): string => (ppm === null ? '' : percentText(ppm));
const dayOrNothing = (at: Date | null): string => (at === null ? '' : dayOf(at));

/** Titles as an import of items reads them (domain/registry/item-row.ts). */
const COLUMNS: readonly TableColumn<OpenRow>[] = [
  { header: '事项编号', value: (row) => row.code },
  { header: '版本', value: (row) => row.version, width: 6 },
  { header: '状态', value: (row) => ITEM_STATUS_NAMES[row.status] },
  { header: '公布日期', value: (row) => dayOrNothing(row.published_at) },
  { header: '终止日期', value: (row) => dayOrNothing(row.ended_at) },
  { header: '部门', value: (row) => row.department },
  { header: '部门名称', value: (row) => row.department_name },
  { header: '事项名称', value: (row) => row.name, width: 30 },
  { header: '事项类别', value: (row) => (row.category === 'key' ? '重点检查事项' : '一般检查事项') },
  {
    header: '抽查依据',
    value: (row) => row.legal_bases.map(referenceOf).join('；'),
    width: 40,
  },
  { header: '抽查对象', value: (row) => row.object_tags.join(';') || '全部' },
  { header: '对象地区', value: (row) => row.object_regions.join(';') },
  { header: '抽查内容', value: (row) => row.content, width: 40 },
  { header: '抽查方式', value: (row) => row.methods.map((method) => METHOD_NAMES[method]).join(';') },
  { header: '资质要求', value: (row) => row.qualifications.join(';') },
  { header: '抽查比例', value: (row) => percent(row.ratio_ppm) },
  { header: '法定比例', value: (row) => percent(row.statutory_ratio_ppm) },
  { header: '抽查频次', value: (row) => row.frequency },
  { header: '法定频次', value: (row) => row.statutory_frequency },
  { header: '变更理由', value: (row) => row.change_reason, width: 24 },
  { header: '终止理由', value: (row) => row.end_reason, width: 24 },
];

const isText = (value: unknown): value is string => typeof value === 'string';
