import type { Knex } from 'knex';

/** What the inspector registry also knows (plan 3.2): contact, suspension, who changed it and why; recusals that end. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table inspectors
      drop constraint inspectors_status_check,
      add constraint inspectors_status_check check (status in ('active', 'leave', 'suspended', 'left')),
      -- Personal data: for the department and those who oversee, never published.
      add column phone text not null default '';

    -- A change has an import, or a person with a reason.
    alter table inspector_versions
      add column changed_by bigint references users (id),
      add column reason text check (reason <> '');
    create index inspector_versions_changed_by on inspector_versions (changed_by);

    -- A recusal that ended stays on record, and the same two can have another one.
    alter table exclusions drop constraint exclusions_pkey;
    alter table exclusions
      add column id bigint generated always as identity primary key,
      add column kind text not null default 'declared' check (kind in ('declared', 'ordered')),
      add column ended_at timestamptz,
      add column ended_by bigint references users (id),
      add column end_reason text check (end_reason <> ''),
      add constraint ended_with_reason check ((ended_at is null) = (end_reason is null));
    create unique index exclusions_standing on exclusions (inspector_id, entity_id) where ended_at is null;
    create index exclusions_inspector on exclusions (inspector_id);
    create index exclusions_ended_by on exclusions (ended_by);
  `);
}

export { down } from './0001-organisation';
