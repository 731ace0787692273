import type { Knex } from 'knex';

/** Policies by industry risk beside class and region, and the strata of a campaign that follow from them (plan 3.3). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- [{tag, level, reason}]: how risky the trades of these tags are.
    alter table ratio_policies add column industries jsonb not null default '[]';
    -- Rows from before are about any level.
    update ratio_policies
       set rows = (select jsonb_agg(cast('{"level": null}' as jsonb) || row order by place)
                     from jsonb_array_elements(rows) with ordinality as r (row, place));

    -- As they were in the version that the plan was written by: they decide who is in which of its strata.
    alter table campaigns add column industries jsonb not null default '[]';
  `);
}

export { down } from './0001-organisation';
