import type { Knex } from 'knex';

/** What a ceremony leaves on record beside its values: who entered the public one, who watched, who withheld. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table ceremonies
      -- Departments whose seal or reveal did not come: the ceremony is void by them.
      add column withheld text[] not null default '{}',
      -- Drawn, or void.
      add column ended_at timestamptz;

    -- Two persons enter the public value apart from each other; where they differ, another round begins.
    create table public_value_entries (
      ceremony_id bigint not null references ceremonies (id),
      contributor text collate "C" not null,
      round int not null check (round > 0),
      place smallint not null check (place in (1, 2)),
      value text not null,
      -- Of a numbered drawing or round: its number and day.
      number text,
      drawn_on date,
      source text,
      entered_by bigint not null references users (id),
      department_code text not null references departments (code),
      role text not null,
      entered_at timestamptz not null,
      primary key (ceremony_id, contributor, round, place),
      -- Two persons, not one person twice.
      unique (ceremony_id, contributor, round, entered_by)
    );
    create index public_value_entries_entered_by on public_value_entries (entered_by);
    create index public_value_entries_department on public_value_entries (department_code);

    create table witnesses (
      id bigint generated always as identity primary key,
      ceremony_id bigint not null references ceremonies (id),
      name text not null check (name <> ''),
      capacity text not null check (capacity in ('congress-deputy', 'cppcc-member', 'press', 'trade-association',
        'notary', 'citizen', 'other')),
      organisation text not null default '',
      note text not null default '',
      -- They agreed that their name is published; otherwise the public sees their capacity alone.
      name_public boolean not null default false,
      recorded_by bigint not null references users (id),
      recorded_at timestamptz not null
    );
    create index witnesses_ceremony on witnesses (ceremony_id, id);
    create index witnesses_recorded_by on witnesses (recorded_by);

    -- What its holder found, where a task is closed by a person's word.
    alter table tasks add column note text;
  `);
}

export { down } from './0001-organisation';
