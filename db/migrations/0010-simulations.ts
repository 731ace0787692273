import type { Knex } from 'knex';

/** Dry runs before approval, which hold counts and no entity; and what merging saved, once a campaign is drawn. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table simulations (
      id bigint generated always as identity primary key,
      campaign_id bigint not null references campaigns (id),
      -- The made-up value that all runs' seeds come from.
      value text not null check (value <> ''),
      -- SHA-256 of the plan and the items it ran on: another one and the result is of yesterday's plan.
      plan_hash text not null,
      runs int not null check (runs between 1 and 200),
      runs_done int not null default 0,
      visits_per_day int not null check (visits_per_day > 0),
      status text not null default 'running' check (status in ('running', 'done', 'failed')),
      result jsonb,
      failure text,
      started_by bigint not null references users (id),
      started_at timestamptz not null default now(),
      finished_at timestamptz,
      check ((status = 'done') = (result is not null))
    );
    create index simulations_campaign on simulations (campaign_id, id);
    create index simulations_started_by on simulations (started_by);
    create unique index simulations_one_running on simulations (campaign_id) where status = 'running';

    create table visit_reports (
      ceremony_id bigint primary key references ceremonies (id),
      -- What it was computed from: rows drawn and visits, which a supplementary draw adds to.
      basis text not null,
      report jsonb not null,
      computed_at timestamptz not null default now()
    );
  `);
}

export { down } from './0001-organisation';
