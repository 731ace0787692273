/** The published versions of a year's plan. */
import type { Knex } from 'knex';
import type { AnnualPlanRow } from './annual-plans';

export interface PlanVersionRow {
  version: number;
  /** Why it follows the one before; empty for the first. */
  reason: string;
  published_at: Date;
}

/** The newest first. */
export async function listPlanVersions(db: Knex, year: number): Promise<PlanVersionRow[]> {
  return db('annual_plan_versions')
    .where({ year })
    .orderBy('version', 'desc')
    .select('version', 'reason', 'published_at');
}

/** The version in the making is in force from here on; what was to be launched of lines that it ends is owed no more. */
export async function publishPlanVersion(trx: Knex, plan: AnnualPlanRow, at: Date): Promise<void> {
  const { year, submitted_by, approved_by } = plan;
  const version = plan.version + 1;
  await trx('annual_plan_versions').insert({
    ...{ year, version, submitted_by, approved_by },
    reason: plan.amendment_reason ?? '',
    published_at: at,
  });
  await trx('annual_plans')
    .where({ year })
    .update({ stage: 'published', version, amendment_reason: null, published_at: at });
  await trx.raw(
    `update tasks set cancelled_at = :at
      where kind = 'launch' and plan_year = :year and done_at is null and cancelled_at is null
        and cast(params ->> 'line' as bigint) in (
          select id from annual_plan_lines where year = :year and until_version = :before)`,
    { at, year, before: plan.version },
  );
}

/** The version in force stays as it is, as if nobody had begun to amend it. */
export async function discardPlanVersion(trx: Knex, { year, version }: AnnualPlanRow): Promise<void> {
  await trx('annual_plan_lines')
    .where({ year, since_version: version + 1 })
    .delete();
  await trx('annual_plan_lines').where({ year, until_version: version }).update({ until_version: null });
  await trx.raw(
    `delete from annual_plan_joints j where j.year = ?
        and not exists (select from annual_plan_lines l where l.joint_id = j.id)`,
    [year],
  );
  await trx.raw(
    `update annual_plans p
        set stage = 'published', amendment_reason = null, stage_reason = null,
            submitted_by = v.submitted_by, approved_by = v.approved_by
       from annual_plan_versions v
      where v.year = p.year and v.version = p.version and p.year = ?`,
    [year],
  );
}
