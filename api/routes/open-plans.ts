import type { Knex } from 'knex';
import { listAnnualPlans, listPlanLines, readAnnualPlan } from '../../db/annual-plans';
import { readDepartmentNames } from '../../db/organisation';
import { dayOf } from '../../domain/deadlines/working-days';
import { notFound } from '../../domain/errors';
import { percentText } from '../../domain/ratio-policy';
import { lineStatus } from '../annual-plans/line-status';
import { regionNamer } from '../annual-plans/region-namer';
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
  implement(contract.readPublicPlan, ({ params }, context) => openPlan(params.year, context)),
  implement(contract.downloadPlanJson, async ({ params }, context) => {
    const plan = await openPlan(params.year, context);
    return new FileAnswer(Buffer.from(JSON.stringify(plan, null, 1)), `annual-plan-${plan.year}.json`);
  }),
  implement(contract.downloadPlanCsv, async ({ params }, context) => {
    const plan = await openPlan(params.year, context);
    return csvAnswer(COLUMNS, plan.lines, `annual-plan-${plan.year}.csv`);
  }),
  implement(contract.downloadPlanXlsx, async ({ params }, context) => {
    const plan = await openPlan(params.year, context);
    return workbookAnswer(COLUMNS, plan.lines, {
      sheet: `${plan.year}年度抽查计划`,
      fileName: `annual-plan-${plan.year}.xlsx`,
    });
  }),
];

/** A plan as everybody may read it. Campaigns that are not open yet are not named. */
async function openPlan(year: number, { db, now }: Pick<ApiContext, 'db' | 'now'>) {
  const plan = await readPublished(db, year);
  const names = await readDepartmentNames(db);
  const regionOf = await regionNamer(db);
  const rows = await listPlanLines(db, year);
  const joints = [...new Set(rows.flatMap((row) => (row.joint_id === null ? [] : [row.joint_id])))];
  return {
    year,
    publishedAt: plan.publishedAt,
    lines: rows.map((row) => ({
      department: { code: row.department, name: names.get(row.department) ?? row.department },
      item: { code: row.item, name: row.item_name },
      regions: row.region_codes.map(regionOf),
      ratioText: ratioText(row.fixed_ppm ?? row.ratio_ppm),
      windowFrom: row.window_from,
      windowTo: row.window_to,
      joint: row.joint_id === null ? null : joints.indexOf(row.joint_id) + 1,
      lead: row.lead_department === null ? null : (names.get(row.lead_department) ?? row.lead_department),
      status: lineStatus(row, dayOf(now())),
      campaign: isOpen(row.campaign_stage) ? row.campaign_code : null,
    })),
  };
}

async function readPublished(db: Knex, year: number) {
  const { published_at } = await readAnnualPlan(db, year);
  if (published_at === null) throw notFound('annual-plan-not-found', `${year} 年度抽查计划尚未公布。`);
  return { publishedAt: published_at.toISOString() };
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
};

type OpenLine = Awaited<ReturnType<typeof openPlan>>['lines'][number];

const COLUMNS: readonly TableColumn<OpenLine>[] = [
  { header: '部门', value: (line) => line.department.name },
  { header: '事项编号', value: (line) => line.item.code },
  { header: '事项名称', value: (line) => line.item.name, width: 30 },
  { header: '地区', value: (line) => line.regions.map((region) => region.name).join(';') },
  { header: '抽查比例', value: (line) => line.ratioText },
  { header: '开始日期', value: (line) => line.windowFrom },
  { header: '结束日期', value: (line) => line.windowTo },
  {
    header: '方式',
    value: (line) => (line.joint === null ? '单部门' : `联合抽查（第 ${line.joint} 组）`),
    width: 20,
  },
  { header: '牵头部门', value: (line) => line.lead ?? '' },
  { header: '进展', value: (line) => STATUS[line.status], width: 20 },
  { header: '任务编号', value: (line) => line.campaign ?? '' },
];
