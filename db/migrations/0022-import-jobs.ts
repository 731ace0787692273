import type { Knex } from 'knex';

/** Imports run by themselves from a stored file, can be watched, cancelled and, as long as they are the last, undone. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table imports
      drop constraint imports_status_check,
      drop constraint imports_mode_check,
      add constraint imports_status_check
        check (status in ('waiting', 'running', 'done', 'failed', 'cancelled')),
      add constraint imports_mode_check check (mode in ('full', 'changes', 'undo')),
      add column phase text check (phase in ('reading', 'comparing', 'writing')),
      add column progress smallint not null default 0 check (progress between 0 and 100),
      -- Whose inspectors, items and listings it may touch; null: everyone's.
      add column departments text[],
      -- The header row, for the file of refused rows.
      add column header text[] not null default '{}',
      add column cancelled_by bigint references users (id),
      -- An undo is an import of its own that goes back behind another one.
      add column undo_of bigint references imports (id),
      add column reason text,
      add constraint imports_undo_check check ((mode = 'undo') = (undo_of is not null and reason is not null));
    -- An undo that failed changed nothing, and may be tried again.
    create unique index imports_undo_of on imports (undo_of) where status in ('waiting', 'running', 'done');
    create index imports_cancelled_by on imports (cancelled_by);
    create index imports_unfinished on imports (kind, id) where status in ('waiting', 'running');

    -- Files that wait for a worker, in pieces; they go when their import ends.
    create table import_files (
      import_id bigint not null references imports (id),
      number int not null check (number > 0),
      bytes bytea not null,
      primary key (import_id, number)
    );
    alter table import_files alter column bytes set storage external;
  `);
}

export { down } from './0001-organisation';
