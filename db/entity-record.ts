/** One entity through time. */
import type { Knex } from 'knex';
import { beyondSight } from './acting';
import type { EntityState } from '../domain/registry/entity-changes';
import type { EntityRow } from './registries';

/** Whether it is in the registry or not any more. */
export async function readEntityEver(
  db: Knex,
  creditCode: string,
): Promise<(EntityRow & { ended_at: Date | null }) | undefined> {
  return db('entities')
    .where({ credit_code: creditCode })
    .first<(EntityRow & { ended_at: Date | null }) | undefined>('*');
}

export interface EntityVersion {
  at: Date;
  state: EntityState;
  importId: number | null;
  fileName: string | null;
  by: string | null;
  /** The rule whose change changed its tags. */
  rule: string | null;
  /** The case whose decision changed its flags. */
  caseId: number | null;
}

/** Every state it was in, the first one first. */
export async function readEntityVersions(db: Knex, entityId: number): Promise<EntityVersion[]> {
  return db('entity_versions as v')
    .leftJoin('imports as i', 'i.id', 'v.import_id')
    .leftJoin('tag_rule_versions as r', 'r.id', 'v.tag_rule_version_id')
    .joinRaw('left join users u on u.id = coalesce(i.started_by, r.changed_by)')
    .where('v.entity_id', entityId)
    .orderBy(['v.valid_from', 'v.id'])
    .select({
      at: 'v.valid_from',
      state: 'v.state',
      importId: 'i.id',
      fileName: 'i.file_name',
      by: 'u.name',
      rule: 'r.label',
      caseId: 'v.case_id',
    });
}

/** Visits of a year over all campaigns, as they count against the yearly cap. */
export async function countVisitsOfYear(db: Knex, entityId: number, year: number): Promise<number> {
  const { rows } = await beyondSight(db, async (all) =>
    all.raw<{ rows: [{ visits: number }] }>(
      `select count(*) as visits from visits v join campaigns c on c.id = v.campaign_id
      where v.entity_id = :entityId and extract(year from coalesce(v.visit_on, c.visit_from)) = :year`,
      { entityId, year },
    ),
  );
  return rows[0].visits;
}
