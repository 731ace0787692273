import type { Knex } from 'knex';

/** A published plan is amended in versions, each of which stays: a line belongs to the versions from one to another. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table annual_plans
      -- The one in force; 0: none is published yet.
      add column version int not null default 0 check (version >= 0),
      -- Why the next version is in the making.
      add column amendment_reason text check (amendment_reason <> '');
    update annual_plans set version = 1 where stage = 'published';
    alter table annual_plans add constraint annual_plan_amended check (
      case when stage = 'published' then version > 0 and amendment_reason is null
           else (version > 0) = (amendment_reason is not null) end);

    create table annual_plan_versions (
      year int not null references annual_plans (year),
      version int not null check (version > 0),
      -- The first needs none.
      reason text not null default '',
      published_at timestamptz not null,
      submitted_by bigint references users (id),
      approved_by bigint references users (id),
      primary key (year, version),
      check ((version = 1) = (reason = ''))
    );
    create index annual_plan_versions_submitted_by on annual_plan_versions (submitted_by);
    create index annual_plan_versions_approved_by on annual_plan_versions (approved_by);
    insert into annual_plan_versions (year, version, published_at, submitted_by, approved_by)
    select year, version, coalesce(published_at, created_at), submitted_by, approved_by
      from annual_plans where version > 0;

    alter table annual_plan_lines
      add column since_version int not null default 1 check (since_version > 0),
      -- The last that has it; null: every one from there on.
      add column until_version int,
      -- The line that this is a later state of.
      add column origin_id bigint references annual_plan_lines (id),
      add constraint annual_plan_line_span check (until_version >= since_version);
    create index annual_plan_lines_origin on annual_plan_lines (origin_id);
    drop index annual_plan_lines_item_once;
    create unique index annual_plan_lines_item_once on annual_plan_lines (joint_id, item_code) where until_version is null;
    create unique index annual_plan_lines_one_state on annual_plan_lines (coalesce(origin_id, id)) where until_version is null;
  `);
}

export { down } from './0001-organisation';
