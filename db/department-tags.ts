import type { Knex } from 'knex';

/**
 * Which tags bring an entity into which department's registry: those that its items, published at that instant, inspect.
 * null: one of its items inspects everybody.
 */
export async function readDepartmentTags(db: Knex, at: Date): Promise<Map<string, string[] | null>> {
  const { rows } = await db.raw<{
    rows: { department: string; tags: string[] | null; everybody: boolean }[];
  }>(
    `select i.department_code as department, bool_or(v.object_tags = '{}') as everybody,
            array_agg(distinct tag order by tag) filter (where tag is not null) as tags
       from item_versions v join items i on i.code = v.item_code
       left join lateral unnest(v.object_tags) tag on true
      where v.published_at < :at and (v.ended_at is null or v.ended_at >= :at)
      group by i.department_code`,
    { at },
  );
  return new Map(
    rows.map(({ department, tags, everybody }) => [department, everybody ? null : (tags ?? [])]),
  );
}
