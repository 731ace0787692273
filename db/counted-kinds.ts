import type { Knex } from 'knex';
import type { CountedKind } from '../domain/annual-plan/cells';

/** How many entities in operation there are of each kind, from the index alone. */
export async function readCountedKinds(db: Knex): Promise<CountedKind[]> {
  const { rows } = await db.raw<{ rows: CountedKind[] }>(
    `select k.region_code as region, k.draw_class as "drawClass", k.tags, n.size
       from (select kind_id, count(*) as size from entities
              where ended_at is null and status = 'active' group by kind_id) n
       join entity_kinds k on k.id = n.kind_id
      order by k.id`,
  );
  return rows;
}
