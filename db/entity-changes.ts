/** What the registry records of changes that decide draws, set by set, beside the whole states in `entity_versions`. */
import type { Knex } from 'knex';

/** Of the row `e` of `entities`: what `entity_versions` keeps. */
export const ENTITY_STATE = `to_jsonb(e) - cast('{id,credit_code,kind_id,updated_at}' as text[])`;

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
