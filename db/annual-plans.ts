/** Plans of a year: their stage, their lines, and what was joined. */
import type { Knex } from 'knex';
import type { PlanStage } from '../domain/annual-plan/stages';
import type { PlanLine } from '../domain/annual-plan/lines';
import type { Stage } from '../domain/campaigns';
import type { DeadlinePolicy } from '../domain/deadlines/policy';
import { notFound } from '../domain/errors';

export interface AnnualPlanRow {
  year: number;
  stage: PlanStage;
  deadline_policy: DeadlinePolicy;
  stage_reason: string | null;
  created_by: number;
  submitted_by: number | null;
  approved_by: number | null;
  published_at: Date | null;
}

const noPlan = (year: number) => notFound('annual-plan-not-found', `没有 ${year} 年度抽查计划。`);

export async function readAnnualPlan(db: Knex, year: number): Promise<AnnualPlanRow> {
  const row = await db<AnnualPlanRow>('annual_plans').where({ year }).first();
  if (!row) throw noPlan(year);
  return row;
}

/** Whoever changes a plan or its lines takes turns. */
export async function lockAnnualPlan(trx: Knex, year: number): Promise<AnnualPlanRow> {
  const row = await trx<AnnualPlanRow>('annual_plans').where({ year }).forNoKeyUpdate().first();
  if (!row) throw noPlan(year);
  return row;
}

/** The newest year first. */
export async function listAnnualPlans(
  db: Knex,
  { isPublic = false } = {},
): Promise<{ year: number; stage: PlanStage; lines: number; launched: number; published_at: Date | null }[]> {
  const { rows } = await db.raw<{
    rows: { year: number; stage: PlanStage; lines: number; launched: number; published_at: Date | null }[];
  }>(
    `select p.year, p.stage, p.published_at, count(l.id) as lines, count(l.campaign_id) as launched
       from annual_plans p left join annual_plan_lines l on l.year = p.year
      where not :public or p.stage = 'published'
      group by p.year order by p.year desc`,
    { public: isPublic },
  );
  return rows;
}

/** False where the year has a plan. */
export async function insertAnnualPlan(
  trx: Knex,
  plan: { year: number; deadlinePolicy: DeadlinePolicy; createdBy: number },
): Promise<boolean> {
  const inserted = await trx('annual_plans')
    .insert({
      year: plan.year,
      deadline_policy: JSON.stringify(plan.deadlinePolicy),
      created_by: plan.createdBy,
    })
    .onConflict('year')
    .ignore()
    .returning('year');
  return inserted.length > 0;
}

export async function updateAnnualPlan(
  trx: Knex,
  year: number,
  change: Partial<
    Pick<AnnualPlanRow, 'stage' | 'stage_reason' | 'submitted_by' | 'approved_by' | 'published_at'>
  >,
): Promise<void> {
  await trx('annual_plans').where({ year }).update(change);
}

/** The stage that a command of this key led to before, or null. */
export async function readPlanStep(trx: Knex, year: number, key: string): Promise<PlanStage | null> {
  const row = await trx('annual_plan_steps')
    .where({ year, key })
    .first<{ stage: PlanStage } | undefined>('stage');
  return row?.stage ?? null;
}

export async function recordPlanStep(trx: Knex, year: number, key: string, stage: PlanStage): Promise<void> {
  await trx('annual_plan_steps').insert({ year, key, stage });
}

export interface PlanLineRow {
  id: number;
  department: string;
  department_name: string;
  item: string;
  item_name: string;
  object_tags: string[];
  /** The law's or the item's. */
  fixed_ppm: number | null;
  region_codes: string[];
  ratio_ppm: number | null;
  window_from: string;
  window_to: string;
  note: string;
  joint_id: number | null;
  lead_department: string | null;
  campaign_code: string | null;
  campaign_stage: Stage | null;
  launches: number;
}

/** In the order of their windows. An item's name is that of its version in force, or of the last one that was. */
export async function listPlanLines(db: Knex, year: number): Promise<PlanLineRow[]> {
  const { rows } = await db.raw<{ rows: PlanLineRow[] }>(
    `select l.id, l.department_code as department, d.short_name as department_name, l.item_code as item,
            coalesce(v.name, l.item_code) as item_name, coalesce(v.object_tags, '{}') as object_tags,
            coalesce(v.statutory_ratio_ppm, v.ratio_ppm) as fixed_ppm, l.region_codes, l.ratio_ppm, l.window_from,
            l.window_to, l.note, l.joint_id, j.lead_department, c.code as campaign_code, c.stage as campaign_stage,
            l.launches
       from annual_plan_lines l
       join departments d on d.code = l.department_code
       left join lateral (
         select name, object_tags, statutory_ratio_ppm, ratio_ppm from item_versions
          where item_code = l.item_code and published_at is not null
          order by (status = 'published') desc, version desc limit 1) v on true
       left join annual_plan_joints j on j.id = l.joint_id
       left join campaigns c on c.id = l.campaign_id
      where l.year = ?
      order by l.window_from, l.window_to, l.id`,
    [year],
  );
  return rows;
}

export type NewPlanLine = PlanLine & { department: string; note: string };

export async function insertPlanLine(
  trx: Knex,
  year: number,
  line: NewPlanLine,
  createdBy: number,
): Promise<number> {
  const [row] = await trx('annual_plan_lines')
    .insert({ year, created_by: createdBy, ...columnsOf(line) })
    .returning<{ id: number }[]>('id');
  return row?.id ?? 0;
}

export async function updatePlanLine(trx: Knex, id: number, line: NewPlanLine): Promise<void> {
  await trx('annual_plan_lines').where({ id }).update(columnsOf(line));
}

export async function deletePlanLine(trx: Knex, id: number): Promise<void> {
  await trx('annual_plan_lines').where({ id }).delete();
}

const columnsOf = (line: NewPlanLine) => ({
  department_code: line.department,
  item_code: line.item,
  region_codes: [...line.regions],
  ratio_ppm: line.ratioPpm,
  window_from: line.windowFrom,
  window_to: line.windowTo,
  note: line.note,
});

/** Lines that are launched as one campaign. */
export async function joinLines(
  trx: Knex,
  year: number,
  joint: { lines: readonly number[]; lead: string; createdBy: number },
): Promise<number> {
  const [row] = await trx('annual_plan_joints')
    .insert({ year, lead_department: joint.lead, created_by: joint.createdBy })
    .returning<{ id: number }[]>('id');
  const id = row?.id ?? 0;
  await trx('annual_plan_lines')
    .whereIn('id', [...joint.lines])
    .update({ joint_id: id });
  return id;
}

/** False where there is no such joint line. */
export async function splitJoint(trx: Knex, year: number, id: number): Promise<boolean> {
  await trx('annual_plan_lines').where({ year, joint_id: id }).update({ joint_id: null });
  return (await trx('annual_plan_joints').where({ year, id }).delete()) > 0;
}

/** The campaign that carries these lines out; the task to launch them is done. */
export async function launchLines(
  trx: Knex,
  ids: readonly number[],
  campaign: string,
  at: Date,
): Promise<void> {
  await trx('annual_plan_lines')
    .whereIn('id', [...ids])
    .update({
      campaign_id: trx('campaigns').where({ code: campaign }).select('id'),
      launches: trx.raw('launches + 1'),
    });
  await trx('tasks')
    .where({ kind: 'launch' })
    .whereRaw(`cast(params ->> 'line' as bigint) = any (?)`, [[...ids]])
    .whereNull('done_at')
    .whereNull('cancelled_at')
    .update({ done_at: at });
}

/** Lines whose campaign was cancelled are to be launched again. */
export async function freeCancelledLines(trx: Knex, year: number): Promise<void> {
  await trx.raw(
    `update annual_plan_lines l set campaign_id = null from campaigns c
      where c.id = l.campaign_id and c.stage = 'cancelled' and l.year = ?`,
    [year],
  );
}

/** Published plans whose lines somebody may still have to launch. */
export async function plansInForce(db: Knex, today: string): Promise<number[]> {
  return db('annual_plans')
    .where({ stage: 'published' })
    .where('year', '>=', Number(today.slice(0, 4)) - 1)
    .orderBy('year')
    .pluck<number[]>('year');
}
