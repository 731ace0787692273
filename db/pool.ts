/** Who could be sent: what a freeze fixes, and what a simulation looks at. */
import type { Knex } from 'knex';
import type { Exclusion, PoolInspector } from '../domain/draw/frozen-files';
import type { CampaignRow } from './campaigns';

/** Inspectors of the campaign's departments whose certificate holds until the last day of the visits. */
export const ELIGIBLE_INSPECTORS = `
  select code as inspector, id as inspector_id, department_code as department, regions, qualifications, capacity
    from inspectors
   where ended_at is null and status = 'active' and certificate_valid_until >= cast(:lastDay as date)
     and department_code in (select department_code from campaign_departments where campaign_id = :campaign)`;

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

/** Who of the pool must stay away from whom, whether or not the entity is in a population. */
export async function readEligibleExclusions(db: Knex, campaign: CampaignRow): Promise<Exclusion[]> {
  const { rows } = await db.raw<{ rows: Exclusion[] }>(
    `select pool.inspector, e.credit_code as code, x.reason
       from (${ELIGIBLE_INSPECTORS}) pool
       join exclusions x on x.inspector_id = pool.inspector_id
       join entities e on e.id = x.entity_id
      where x.ended_at is null`,
    inspectorBindings(campaign),
  );
  return rows;
}
