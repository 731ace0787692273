/** Who could be sent: what a freeze fixes, and what a simulation looks at. */
import type { Knex } from 'knex';
import type { Exclusion, PoolInspector } from '../domain/draw/frozen-files';
import { ROTATION_REASON } from '../domain/matching/rotation';
import type { CampaignRow } from './campaigns';

const LAST_DAY = `cast(:lastDay as date)`;

/** Of the campaign's departments; at work, with a certificate, and trained or not, on the last day of the visits. */
const CERTIFIED = `
  select i.code as inspector, i.id as inspector_id, i.department_code as department, i.regions, i.qualifications, i.capacity,
         exists (select from inspector_trainings t
                  where t.inspector_id = i.id and t.withdrawn_at is null and t.held_on <= ${LAST_DAY}
                    and t.valid_until >= ${LAST_DAY}) as trained
    from inspectors i
   where i.ended_at is null and i.status = 'active' and i.certificate_valid_until >= ${LAST_DAY}
     and i.department_code in (select department_code from campaign_departments where campaign_id = :campaign)`;

/** By the version of the city's policy that the campaign was planned by. */
const TRAINING_REQUIRED = `
  coalesce((select p.training_required from campaigns c join ratio_policies p on p.version = c.policy_version
             where c.id = :campaign), false)`;

/** Who enters the campaign's pool. */
export const ELIGIBLE_INSPECTORS = `
  select inspector, inspector_id, department, regions, qualifications, capacity
    from (${CERTIFIED}) certified
   where trained or not ${TRAINING_REQUIRED}`;

export const inspectorBindings = (campaign: CampaignRow) => ({
  lastDay: campaign.visit_to,
  campaign: campaign.id,
});

/** The pool as it would be frozen now. */
export async function readEligibleInspectors(db: Knex, campaign: CampaignRow): Promise<PoolInspector[]> {
  const { rows } = await db.raw<{ rows: PoolInspector[] }>(
    `select inspector, department, regions, qualifications, capacity from (${ELIGIBLE_INSPECTORS}) pool
      order by department collate "C", inspector`,
    inspectorBindings(campaign),
  );
  return rows;
}

/** How many inspectors of each department only lack the training that the city asks for. */
export async function readUntrained(
  db: Knex,
  campaign: CampaignRow,
): Promise<{ department: string; inspectors: number }[]> {
  const { rows } = await db.raw<{ rows: { department: string; inspectors: number }[] }>(
    `select department, count(*) as inspectors from (${CERTIFIED}) certified
      where not trained and ${TRAINING_REQUIRED}
      group by department order by department collate "C"`,
    inspectorBindings(campaign),
  );
  return rows;
}

/**
 * Who of a pool must stay away from whom, whether or not the entity is in a population: by a standing recusal, or by
 * rotation because they were in the team of its last finished visit. A pair has one line, and a recusal's own reason.
 */
export async function readStayingAway(
  db: Knex,
  campaign: CampaignRow,
  pool: { sql: string; bindings: Record<string, Knex.Value> },
): Promise<Exclusion[]> {
  const { rows } = await db.raw<{ rows: Exclusion[] }>(
    `with pool as (${pool.sql})
     select distinct on (inspector, code) inspector, code, reason
       from (
         select pool.inspector, e.credit_code as code, x.reason, false as by_rotation
           from pool
           join exclusions x on x.inspector_id = pool.inspector_id and x.ended_at is null
           join entities e on e.id = x.entity_id
         union all
         select pool.inspector, e.credit_code, cast(:rotationReason as text), true
           from pool
           join assignments a on a.inspector_id = pool.inspector_id
           join visits v on v.id = a.visit_id and v.finished_at is not null
           join entities e on e.id = v.entity_id
          where :rotation and not exists (
            select from visits later
             where later.entity_id = v.entity_id and (later.finished_at, later.id) > (v.finished_at, v.id))
       ) away
      order by inspector, code, by_rotation`,
    { ...pool.bindings, rotation: campaign.rotation, rotationReason: ROTATION_REASON },
  );
  return rows;
}

/** As they would be frozen now. */
export const readEligibleExclusions = (db: Knex, campaign: CampaignRow): Promise<Exclusion[]> =>
  readStayingAway(db, campaign, { sql: ELIGIBLE_INSPECTORS, bindings: inspectorBindings(campaign) });
