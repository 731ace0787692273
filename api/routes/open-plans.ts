import type { Knex } from 'knex';
import {
  listAnnualPlans,
  listPlanLines,
  readAnnualPlan,
  type AnnualPlanRow,
  type PlanLineRow,
} from '../../db/annual-plans';
import { listPlanVersions } from '../../db/annual-plan-versions';
import { readDepartmentNames } from '../../db/organisation';
import { compareLines, PLAN_FIELDS, type PlanField } from '../../domain/annual-plan/compare-lines';
import { dayOf } from '../../domain/deadlines/working-days';
import { notFound } from '../../domain/errors';
import { percentText } from '../../domain/ratio-policy';
import { lineStatus } from '../annual-plans/line-status';
import { regionNamer } from '../region-namer';
import type { ApiContext } from '../context';
import { annualPlansContract as contract } from '../contract/annual-plans';
import { FileAnswer, implement } from '../implement';
import { csvAnswer, workbookAnswer, type TableColumn } from '../tables';

export const openPlanRoutes = [
  implement(contract.listPublicPlans, async (_request, { db }) => ({
    rows: (await listAnnualPlans(db, { isPublic: true })).map(({ published_at, ...plan }) => ({
      ...plan,
      publishedAt: published_at?.toISOString() ?? null,
    })),
  })),
  implement(contract.readPublicPlan, ({ params, query }, context) =>
    openPlan(params.year, query.version, context),
  ),
  implement(contract.comparePublicPlans, ({ params, query }, context) =>
    openComparison(params.year, query, context),
  ),
  implement(contract.downloadPlanComparison, async ({ params, query }, context) => {
    const { year, from, to, added, changed, withdrawn } = await openComparison(params.year, query, context);
    const rows: ComparedLine[] = [
      ...added.map((after) => ({ kind: '新增', fields: [], before: null, after })),
      ...changed.map((one) => ({ kind: '修改', ...one })),
      ...withdrawn.map((before) => ({ kind: '撤销', fields: [], before, after: null })),
    ];
    return csvAnswer(COMPARISON_COLUMNS, rows, `annual-plan-${year}-v${from}-v${to}.csv`);
  }),
  implement(contract.downloadPlanJson, async ({ params, query }, context) => {
    const plan = await openPlan(params.year, query.version, context);
    return new FileAnswer(Buffer.from(JSON.stringify(plan, null, 1)), `${fileOf(plan)}.json`);
  }),
  implement(contract.downloadPlanCsv, async ({ params, query }, context) => {
    const plan = await openPlan(params.year, query.version, context);
    return csvAnswer(COLUMNS, plan.lines, `${fileOf(plan)}.csv`);
  }),
  implement(contract.downloadPlanXlsx, async ({ params, query }, context) => {
    const plan = await openPlan(params.year, query.version, context);
    return workbookAnswer(COLUMNS, plan.lines, {
      sheet: `${plan.year}年度抽查计划`,
      fileName: `${fileOf(plan)}.xlsx`,
    });
  }),
];

const fileOf = ({ year, version, isInForce }: { year: number; version: number; isInForce: boolean }) =>
  isInForce ? `annual-plan-${year}` : `annual-plan-${year}-v${version}`;

/** A version as everybody may read it, the one in force where none is named. */
async function openPlan(year: number, asked: number | undefined, context: OpenContext) {
  const { plan, versions } = await readPublished(context.db, year);
  const [published] = versions.filter(({ version }) => version === (asked ?? plan.version));
  if (!published)
    throw notFound('annual-plan-version-not-found', `${year} 年度抽查计划没有公布过第 ${asked ?? 0} 版。`);
  const rows = await listPlanLines(context.db, year, published.version);
  const show = await shower(context, plan);
  return {
    year,
    version: published.version,
    publishedAt: published.published_at.toISOString(),
    reason: published.reason,
    isInForce: published.version === plan.version,
    versions: versions.map(({ version, published_at, reason }) => ({
      ...{ version, reason, publishedAt: published_at.toISOString() },
    })),
    lines: rows.map((row) => show(row, rows)),
  };
}

async function openComparison(
  year: number,
  asked: { from?: number | undefined; to?: number | undefined },
  context: OpenContext,
) {
  const { plan, versions } = await readPublished(context.db, year);
  const to = asked.to ?? plan.version;
  const from = asked.from ?? Math.max(1, to - 1);
  const missing = [from, to].find((one) => !versions.some(({ version }) => version === one));
  if (missing !== undefined)
    throw notFound('annual-plan-version-not-found', `${year} 年度抽查计划没有公布过第 ${missing} 版。`);
  const before = await listPlanLines(context.db, year, from);
  const after = await listPlanLines(context.db, year, to);
  const show = await shower(context, plan);
  const { added, changed, withdrawn } = compareLines(before, after, PUBLIC_FIELDS);
  return {
    ...{ year, from, to },
    added: added.map((row) => show(row, after)),
    changed: changed.map((one) => ({
      fields: one.fields,
      before: show(one.before, before),
      after: show(one.after, after),
    })),
    withdrawn: withdrawn.map((row) => show(row, before)),
  };
}

type OpenContext = Pick<ApiContext, 'db' | 'now'>;

/** Notes are for officials. */
const PUBLIC_FIELDS = PLAN_FIELDS.filter((field) => field !== 'note');

/** Campaigns that are not open yet are not named. */
async function shower({ db, now }: OpenContext, { version }: AnnualPlanRow) {
  const names = await readDepartmentNames(db);
  const regionOf = await regionNamer(db);
  return (row: PlanLineRow, among: readonly PlanLineRow[]) => {
    const joints = [...new Set(among.flatMap((one) => (one.joint_id === null ? [] : [one.joint_id])))];
    const isInForce = row.since_version <= version && (row.until_version ?? version) >= version;
    return {
      department: { code: row.department, name: names.get(row.department) ?? row.department },
      item: { code: row.item, name: row.item_name },
      regions: row.region_codes.map(regionOf),
      ratioText: ratioText(row.fixed_ppm ?? row.ratio_ppm),
      windowFrom: row.window_from,
      windowTo: row.window_to,
      joint: row.joint_id === null ? null : joints.indexOf(row.joint_id) + 1,
      lead: row.lead_department === null ? null : (names.get(row.lead_department) ?? row.lead_department),
      status: isInForce ? lineStatus(row, dayOf(now())) : ('ended' as const),
      campaign: isOpen(row.campaign_stage) ? row.campaign_code : null,
    };
  };
}

async function readPublished(db: Knex, year: number) {
  const plan = await readAnnualPlan(db, year);
  if (plan.version === 0) throw notFound('annual-plan-not-found', `${year} 年度抽查计划尚未公布。`);
  return { plan, versions: await listPlanVersions(db, year) };
}

const isOpen = (stage: string | null): boolean =>
  stage !== null && !['draft', 'submitted', 'returned', 'approved', 'cancelled'].includes(stage);

const ratioText = (ppm: number | null): string => (ppm === null ? '按风险类别' : percentText(ppm));

const STATUS = {
  planned: '未到实施时间',
  open: '应在实施时间内启动',
  late: '逾期未启动',
  launched: '已启动',
  done: '已办结',
  ended: '已由后来的版本修改或撤销',
};

type OpenLine = Awaited<ReturnType<typeof openPlan>>['lines'][number];

const modeOf = ({ joint }: OpenLine): string => (joint === null ? '单部门' : `联合抽查（第 ${joint} 组）`);
const regionsOf = (line: OpenLine): string => line.regions.map((region) => region.name).join(';');

const COLUMNS: readonly TableColumn<OpenLine>[] = [
  { header: '部门', value: (line) => line.department.name },
  { header: '事项编号', value: (line) => line.item.code },
  { header: '事项名称', value: (line) => line.item.name, width: 30 },
  { header: '地区', value: regionsOf },
  { header: '抽查比例', value: (line) => line.ratioText },
  { header: '开始日期', value: (line) => line.windowFrom },
  { header: '结束日期', value: (line) => line.windowTo },
  { header: '方式', value: modeOf, width: 20 },
  { header: '牵头部门', value: (line) => line.lead ?? '' },
  { header: '进展', value: (line) => STATUS[line.status], width: 20 },
  { header: '任务编号', value: (line) => line.campaign ?? '' },
];

interface ComparedLine {
  kind: string;
  fields: PlanField[];
  before: OpenLine | null;
  after: OpenLine | null;
}

const FIELDS: Record<PlanField, string> = {
  ...{ item: '事项', regions: '地区', ratio: '抽查比例', window: '实施时间', joint: '方式', note: '说明' },
};

const sides = (header: string, value: (line: OpenLine) => string): TableColumn<ComparedLine>[] => [
  { header: `原${header}`, value: ({ before }) => before && value(before), width: 20 },
  { header: `现${header}`, value: ({ after }) => after && value(after), width: 20 },
];

const COMPARISON_COLUMNS: readonly TableColumn<ComparedLine>[] = [
  { header: '变化', value: (row) => row.kind },
  { header: '修改内容', value: (row) => row.fields.map((field) => FIELDS[field]).join('；') },
  { header: '部门', value: (row) => (row.after ?? row.before)?.department.name ?? '' },
  ...sides('事项编号', (line) => line.item.code),
  ...sides('事项名称', (line) => line.item.name),
  ...sides('地区', regionsOf),
  ...sides('抽查比例', (line) => line.ratioText),
  ...sides('实施时间', (line) => `${line.windowFrom} 至 ${line.windowTo}`),
  ...sides('方式', modeOf),
  ...sides('牵头部门', (line) => line.lead ?? ''),
];
