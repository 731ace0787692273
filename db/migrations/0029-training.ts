import type { Knex } from 'knex';

/** Training of inspectors, and whether the city asks for it before somebody is sent (plan 4.3). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table inspector_trainings (
      id bigint generated always as identity primary key,
      inspector_id bigint not null references inspectors (id),
      topic text not null check (topic <> ''),
      held_on date not null,
      hours numeric(4, 1) not null check (hours > 0),
      valid_until date not null check (valid_until >= held_on),
      entered_by bigint not null references users (id),
      entered_at timestamptz not null default now(),
      -- A wrong entry stays on record and counts no more.
      withdrawn_by bigint references users (id),
      withdrawn_at timestamptz,
      withdrawal_reason text check (withdrawal_reason <> ''),
      constraint withdrawn_with_reason check ((withdrawn_at is null) = (withdrawal_reason is null))
    );
    create unique index inspector_trainings_once on inspector_trainings (inspector_id, topic, held_on)
      where withdrawn_at is null;
    create index inspector_trainings_valid on inspector_trainings (inspector_id, valid_until) where withdrawn_at is null;
    create index inspector_trainings_inspector on inspector_trainings (inspector_id);
    create index inspector_trainings_entered_by on inspector_trainings (entered_by);
    create index inspector_trainings_withdrawn_by on inspector_trainings (withdrawn_by);

    alter table ratio_policies add column training_required boolean not null default false;

    -- Inspectors whom the freeze left out of the pool for want of training.
    alter table ceremonies add column untrained int not null default 0;
  `);
}

export { down } from './0001-organisation';
