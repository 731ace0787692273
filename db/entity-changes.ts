/** What the registry records of changes that decide draws, set by set, beside the whole states in `entity_versions`. */
import type { Knex } from 'knex';

/** All that changes in an entity, and what its kind is computed from. */
const STATE_COLUMNS = [
  ...['name', 'status', 'region_code', 'entity_type', 'business_scope', 'address', 'established_on', 'tags'],
  ...['declared_tags', 'risk_class', 'draw_class', 'flags', 'complaints', 'industry_code', 'contact_name'],
  ...['contact_phone', 'listed_by', 'ended_at'],
];

/** Of the row `e` of `entities`: what `entity_versions` keeps. Column by column, which is cheaper than to take the others out. */
export const ENTITY_STATE = `jsonb_build_object(${STATE_COLUMNS.map((each) => `'${each}', e.${each}`).join(', ')})`;

export const presenceOf = (row: string): string =>
  `case when ${row}.ended_at is null then ${row}.status else 'ended' end`;

const PRESENCE = presenceOf('e');

/** Before `entities` takes over what `import_merged` holds. */
export async function recordChanged(trx: Knex, importId: number): Promise<void> {
  await trx.raw(
    `insert into entity_changes (entity_id, import_id, presence_before, region_before, class_before, tags_before,
                                 presence, region, class, tags)
     select e.id, :importId, ${PRESENCE}, e.region_code, e.draw_class, e.tags,
            m.status, m.region_code, m.draw_class, m.tags
       from import_merged m join entities e on e.id = m.entity_id
      where m.action <> 'unchanged'
        and (${PRESENCE}, e.region_code, e.draw_class, e.tags)
            is distinct from (m.status, m.region_code, cast(m.draw_class as char(1)), m.tags)`,
    { importId },
  );
}

/** After `entities` has what was new in `import_merged`. */
export async function recordAdded(trx: Knex, importId: number): Promise<void> {
  await trx.raw(
    `insert into entity_changes (entity_id, import_id, presence, region, class, tags)
     select e.id, :importId, e.status, e.region_code, e.draw_class, e.tags
       from import_merged m join entities e on e.credit_code = m.credit_code
      where m.entity_id is null`,
    { importId },
  );
}
