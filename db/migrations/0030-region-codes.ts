import type { Knex } from 'knex';

/** Region codes that moved are a table that officials keep, and rows refused for their region can be tried again. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table region_moves (
      -- As files write it: also what is no code of GB/T 2260.
      old_code text collate "C" primary key check (old_code ~ '^[0-9A-Za-z]{1,20}$'),
      -- Not a reference: what came with the system may lie outside the city.
      new_code text not null check (new_code ~ '^[0-9]{6}$' and new_code <> old_code),
      since date,
      reason text not null check (reason <> ''),
      -- null: it came with the system.
      recorded_by bigint references users (id),
      recorded_at timestamptz not null default now(),
      -- Cells that imports read as the new code.
      used bigint not null default 0
    );
    create index region_moves_recorded_by on region_moves (recorded_by);
    insert into region_moves (old_code, new_code, reason) values ('610928', '610981', '旬阳县 2021 年改为县级旬阳市');

    -- An import of the rows that another refused for their region.
    alter table imports add column retry_of bigint references imports (id);
    create unique index imports_retry_of on imports (retry_of) where status in ('waiting', 'running', 'done');
    create index import_refusals_region on import_refusals (import_id, value) where reason = 'unknown-region';
  `);
}

export { down } from './0001-organisation';
