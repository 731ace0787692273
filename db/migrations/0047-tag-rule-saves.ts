import type { Knex } from 'knex';

/** Rules of tags are saved by a worker: what was ordered, how far it is, and what came of it. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table tag_rule_saves (
      id bigint generated always as identity primary key,
      tag text not null,
      label text not null,
      any_of text[] not null check (cardinality(any_of) > 0),
      none_of text[] not null,
      not_with text[] not null,
      active boolean not null,
      reason text not null check (reason <> ''),
      -- The version that was changed; null: the tag is new.
      based_on bigint references tag_rule_versions (id),
      ordered_by bigint not null references users (id),
      ordered_at timestamptz not null default clock_timestamp(),
      -- For the audit log, which is written when it is carried out.
      address text,
      request_id text,
      status text not null default 'waiting' check (status in ('waiting', 'running', 'done', 'failed')),
      -- In a hundred.
      progress int not null default 0 check (progress between 0 and 100),
      version_id bigint references tag_rule_versions (id),
      failure text,
      finished_at timestamptz,
      constraint tag_rule_save_ended check (
        (status in ('done', 'failed')) = (finished_at is not null)
        and (status = 'done') = (version_id is not null) and (status = 'failed') = (failure is not null))
    );
    -- One at a time: each is tried out on what the one before left.
    create unique index tag_rule_saves_open on tag_rule_saves ((true)) where status in ('waiting', 'running');
    create index tag_rule_saves_based_on on tag_rule_saves (based_on);
    create index tag_rule_saves_ordered_by on tag_rule_saves (ordered_by);
    create index tag_rule_saves_version on tag_rule_saves (version_id);
  `);
}

export { down } from './0001-organisation';
