import type { Knex } from 'knex';

/** Bulletins of the supervision office (plan 4.4): frozen figures, edited texts, editions that were made public. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table bulletin_years (
      year int primary key,
      last int not null check (last > 0)
    );

    create table bulletins (
      id bigint generated always as identity primary key,
      number text not null unique,
      kind text not null check (kind in ('monthly', 'quarterly', 'yearly', 'special')),
      from_day date not null,
      to_day date not null check (to_day >= from_day),
      region_code text not null references regions (code),
      -- What carries it; its commands go there.
      workflow_id text not null unique,
      stage text not null default 'draft' check (stage in ('draft', 'submitted', 'returned', 'published', 'withdrawn')),
      title text not null check (title <> ''),
      -- What the office writes: {summary, reasons, demands}.
      texts jsonb not null,
      -- Of the texts: who saves an older one is told.
      version int not null default 1,
      -- Why it was returned, is to be corrected, or was withdrawn.
      stage_reason text,
      -- Why the next edition takes the place of the one that is public.
      correction text,
      created_by bigint references users (id),
      created_at timestamptz not null,
      submitted_by bigint references users (id),
      stage_at timestamptz not null
    );
    -- The schedule that starts a period's workflow twice makes one bulletin.
    create unique index bulletins_one_of_period on bulletins (kind, region_code, from_day) where kind <> 'special';
    create index bulletins_region on bulletins (region_code);
    create index bulletins_created_by on bulletins (created_by);
    create index bulletins_submitted_by on bulletins (submitted_by);

    create table bulletin_freezes (
      bulletin_id bigint not null references bulletins (id),
      number int not null check (number > 0),
      -- Word for word what its SHA-256 is of.
      snapshot text not null,
      sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
      as_of timestamptz not null,
      made_by bigint references users (id),
      reason text not null default '',
      primary key (bulletin_id, number)
    );
    create index bulletin_freezes_made_by on bulletin_freezes (made_by);

    create table bulletin_editions (
      bulletin_id bigint not null references bulletins (id),
      edition int not null check (edition > 0),
      freeze_number int not null,
      title text not null,
      texts jsonb not null,
      submitted_by bigint not null references users (id),
      approved_by bigint not null references users (id),
      published_at timestamptz not null,
      -- Why this edition took the place of the one before.
      correction text,
      withdrawn_at timestamptz,
      withdrawn_by bigint references users (id),
      withdrawal_reason text,
      primary key (bulletin_id, edition),
      foreign key (bulletin_id, freeze_number) references bulletin_freezes (bulletin_id, number),
      -- Nobody approves what they submitted.
      constraint bulletin_four_eyes check (approved_by <> submitted_by),
      constraint bulletin_withdrawn check (num_nonnulls(withdrawn_at, withdrawn_by, withdrawal_reason) in (0, 3))
    );
    create index bulletin_editions_freeze on bulletin_editions (bulletin_id, freeze_number);
    create index bulletin_editions_submitted_by on bulletin_editions (submitted_by);
    create index bulletin_editions_approved_by on bulletin_editions (approved_by);
    create index bulletin_editions_withdrawn_by on bulletin_editions (withdrawn_by);

    create table bulletin_steps (
      bulletin_id bigint not null references bulletins (id),
      key text not null,
      stage text not null,
      action text not null,
      reason text not null default '',
      actor_id bigint references users (id),
      at timestamptz not null,
      primary key (bulletin_id, key)
    );
    create index bulletin_steps_actor on bulletin_steps (actor_id);
  `);
}

export { down } from './0001-organisation';
