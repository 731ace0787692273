/** Plans of a year: their stage, their lines, and what was joined. */
import type { Knex } from 'knex';
import type { PlanStage } from '../domain/annual-plan/stages';
import type { PlanLine } from '../domain/annual-plan/lines';
import type { Stage } from '../domain/campaigns';
import type { DeadlinePolicy } from '../domain/deadlines/policy';
import { notFound } from '../domain/errors';
import { beyondSight } from './acting';

export interface AnnualPlanRow {
  year: number;
  stage: PlanStage;
  /** The one in force; 0: none is published yet. */
  version: number;
  /** Why the next version is in the making. */
  amendment_reason: string | null;
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
         and greatest(p.version, 1) between l.since_version and coalesce(l.until_version, greatest(p.version, 1))
      where not :public or p.version > 0
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
    Pick<AnnualPlanRow, 'stage' | 'stage_reason' | 'submitted_by' | 'approved_by' | 'amendment_reason'>
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
  /** The same for all states of a line. */
  origin: number;
  since_version: number;
  until_version: number | null;
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

/** Of a version, in the order of their windows. An item's name is that of its version in force, or of the last one that was. */
export async function listPlanLines(db: Knex, year: number, version: number): Promise<PlanLineRow[]> {
  const { rows } = await db.raw<{ rows: PlanLineRow[] }>(
    `select l.id, coalesce(l.origin_id, l.id) as origin, l.since_version, l.until_version, l.department_code as department, d.short_name as department_name, l.item_code as item,
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
      where l.year = :year and :version between l.since_version and coalesce(l.until_version, :version)
      order by l.window_from, l.window_to, l.id`,
    { year, version },
  );
  return rows;
}

export type NewPlanLine = PlanLine & { department: string; note: string };

export async function insertPlanLine(
  trx: Knex,
  year: number,
  version: number,
  line: NewPlanLine,
  createdBy: number,
): Promise<number> {
  const [row] = await trx('annual_plan_lines')
    .insert({ year, since_version: version, created_by: createdBy, ...columnsOf(line) })
    .returning<{ id: number }[]>('id');
  return row?.id ?? 0;
}

/** Gives a line another state in a version: in its row where the version began it, else in a row of the version's own. */
async function revise(
  trx: Knex,
  { id, since_version: since }: PlanLineRow,
  version: number,
  change: object,
): Promise<void> {
  if (since === version) {
    await trx('annual_plan_lines').where({ id }).update(change);
    return;
  }
  await endPlanLine(trx, id, version);
  const { rows } = await trx.raw<{ rows: { id: number }[] }>(
    `insert into annual_plan_lines (year, department_code, item_code, region_codes, ratio_ppm, window_from, window_to,
                                    note, joint_id, created_by, since_version, origin_id)
     select year, department_code, item_code, region_codes, ratio_ppm, window_from, window_to, note, joint_id,
            created_by, :version, coalesce(origin_id, id)
       from annual_plan_lines where id = :id
     returning id`,
    { id, version },
  );
  await trx('annual_plan_lines')
    .where({ id: rows[0]?.id ?? 0 })
    .update(change);
}

const endPlanLine = (trx: Knex, id: number, version: number) =>
  trx('annual_plan_lines')
    .where({ id })
    .update({ until_version: version - 1 });

export async function updatePlanLine(
  trx: Knex,
  line: PlanLineRow,
  version: number,
  fields: NewPlanLine,
): Promise<void> {
  await revise(trx, line, version, columnsOf(fields));
}

/** From a version on; earlier ones keep it. */
export async function deletePlanLine(trx: Knex, line: PlanLineRow, version: number): Promise<void> {
  if (line.since_version === version) await trx('annual_plan_lines').where({ id: line.id }).delete();
  else await endPlanLine(trx, line.id, version);
}

/** Takes back what a version does to lines of the one before. */
export async function restorePlanLines(
  trx: Knex,
  year: number,
  version: number,
  origins: readonly number[],
): Promise<void> {
  // Coordination restores what it joined, and what departments left out.
  await beyondSight(trx, async (all) => {
    await all('annual_plan_lines')
      .where({ year, since_version: version })
      .whereIn('origin_id', [...origins])
      .delete();
    await all('annual_plan_lines')
      .where({ year, until_version: version - 1 })
      .whereRaw('coalesce(origin_id, id) = any (?)', [[...origins]])
      .update({ until_version: null });
  });
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
  joint: { lines: readonly PlanLineRow[]; version: number; lead: string; createdBy: number },
): Promise<number> {
  const [row] = await trx('annual_plan_joints')
    .insert({ year, lead_department: joint.lead, created_by: joint.createdBy })
    .returning<{ id: number }[]>('id');
  const id = row?.id ?? 0;
  // Of all departments: coordination joins them.
  await beyondSight(trx, async (all) => {
    for (const line of joint.lines) await revise(all, line, joint.version, { joint_id: id });
  });
  return id;
}

export async function splitJoint(trx: Knex, lines: readonly PlanLineRow[], version: number): Promise<void> {
  await beyondSight(trx, async (all) => {
    for (const line of lines) await revise(all, line, version, { joint_id: null });
  });
  await dropUnusedJoints(trx, lines);
}

/** What earlier versions joined stays theirs. */
const dropUnusedJoints = (trx: Knex, lines: readonly PlanLineRow[]) =>
  trx('annual_plan_joints')
    .whereIn(
      'id',
      lines.flatMap((line) => line.joint_id ?? []),
    )
    .whereNotExists(
      trx('annual_plan_lines').whereRaw('joint_id = annual_plan_joints.id').select(trx.raw('1')),
    )
    .delete();

/** The campaign that carries these lines out; the task to launch them is done. */
export async function launchLines(
  trx: Knex,
  ids: readonly number[],
  campaign: string,
  done: { at: Date; by: number },
): Promise<void> {
  await beyondSight(trx, async (all) => {
    await all('annual_plan_lines')
      .whereIn('id', [...ids])
      .update({
        campaign_id: all('campaigns').where({ code: campaign }).select('id'),
        launches: all.raw('launches + 1'),
      });
    await all('tasks')
      .where({ kind: 'launch' })
      .whereRaw(`cast(params ->> 'line' as bigint) = any (?)`, [[...ids]])
      .whereNull('done_at')
      .whereNull('cancelled_at')
      .update({ done_at: done.at, done_by: done.by });
  });
}

/** Lines whose campaign was cancelled are to be launched again. */
export async function freeCancelledLines(trx: Knex, year: number): Promise<void> {
  await beyondSight(trx, async (all) => {
    await all.raw(
      `update annual_plan_lines l set campaign_id = null from campaigns c
        where c.id = l.campaign_id and c.stage = 'cancelled' and l.year = ?`,
      [year],
    );
  });
}

/** Published plans whose lines somebody may still have to launch. */
export async function plansInForce(db: Knex, today: string): Promise<{ year: number; stage: PlanStage }[]> {
  return db('annual_plans')
    .where('version', '>', 0)
    .where('year', '>=', Number(today.slice(0, 4)) - 1)
    .orderBy('year')
    .select('year', 'stage');
}
