import type { Knex } from 'knex';

/** What an entity says against its result, and the department's answer (plan 3.5, 4.2). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table objections (
      id bigint generated always as identity primary key,
      visit_id bigint not null,
      item_code text collate "C" not null,
      -- What was objected to: a corrected result may be objected to again.
      result_code smallint not null check (result_code between 1 and 8),
      reason text not null check (reason <> ''),
      contact text not null default '',
      asked_at timestamptz not null,
      status text not null default 'open' check (status in ('open', 'upheld', 'rejected')),
      decided_by bigint references users (id),
      decided_at timestamptz,
      note text not null default '',
      foreign key (visit_id, item_code) references visit_items (visit_id, item_code),
      unique (visit_id, item_code, result_code),
      constraint objection_answered check (
        (status = 'open') = (decided_at is null) and (status = 'open' or (decided_by is not null and note <> '')))
    );
    create unique index objections_open on objections (visit_id, item_code) where status = 'open';
    create index objections_decided_by on objections (decided_by);
  `);
}

export { down } from './0001-organisation';
