import type { Knex } from 'knex';

/** The two registries (plan 3.2), their imports, and recusals. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table tag_rules (
      tag text primary key,
      label text not null,
      any_of text[] not null check (cardinality(any_of) > 0),
      none_of text[] not null default '{}'
    );

    create table imports (
      id bigint generated always as identity primary key,
      kind text not null check (kind in ('entities', 'inspectors', 'items')),
      mode text not null check (mode in ('full', 'changes')),
      dry_run boolean not null,
      file_name text not null,
      file_sha256 text,
      encoding text,
      status text not null default 'running' check (status in ('running', 'done', 'failed')),
      rows_read bigint not null default 0,
      added bigint not null default 0,
      changed bigint not null default 0,
      ended bigint not null default 0,
      unchanged bigint not null default 0,
      refused bigint not null default 0,
      failure text,
      started_by bigint references users (id),
      started_at timestamptz not null default now(),
      finished_at timestamptz
    );
    create index imports_started on imports (started_at desc);
    create index imports_started_by on imports (started_by);

    create table import_refusals (
      import_id bigint not null references imports (id),
      row_number bigint not null,
      column_name text not null,
      value text not null,
      reason text not null,
      message text not null,
      cells jsonb not null,
      primary key (import_id, row_number, column_name, reason)
    );

    create table entities (
      id bigint generated always as identity primary key,
      credit_code text collate "C" not null unique check (length(credit_code) = 18),
      name text not null check (name <> ''),
      status text not null default 'active' check (status in ('active', 'revoked', 'cancelled', 'moved')),
      region_code text not null check (region_code ~ '^[0-9]{6}$'),
      entity_type text not null default '',
      business_scope text not null default '',
      address text not null default '',
      established_on date,
      tags text[] not null default '{}',
      -- As declared by the credit office; the class for the draw is derived (domain/registry/risk.ts).
      risk_class char(1) not null default 'B' check (risk_class in ('A', 'B', 'C', 'D')),
      draw_class char(1) not null default 'B' check (draw_class in ('A', 'B', 'C', 'D')),
      flags text[] not null default '{}',
      complaints int not null default 0 check (complaints >= 0),
      updated_at timestamptz not null default now(),
      ended_at timestamptz
    );
    create index entities_region on entities (region_code, id) where ended_at is null;
    create index entities_tags on entities using gin (tags) where ended_at is null and status = 'active';
    create index entities_name on entities (name text_pattern_ops);

    -- Every state an entity was in, with the days it was in it: nothing is deleted.
    create table entity_versions (
      id bigint generated always as identity primary key,
      entity_id bigint not null references entities (id),
      valid_from timestamptz not null default now(),
      import_id bigint references imports (id),
      state jsonb not null
    );
    create index entity_versions_entity on entity_versions (entity_id, valid_from);
    create index entity_versions_import on entity_versions (import_id);

    create table inspectors (
      id bigint generated always as identity primary key,
      code text collate "C" not null unique check (code <> '' and code !~ '[[:cntrl:],;]'),
      department_code text not null references departments (code),
      name text not null check (name <> ''),
      certificate_number text not null check (certificate_number <> ''),
      certificate_valid_until date not null,
      regions text[] not null default '{}',
      qualifications text[] not null default '{}',
      capacity int check (capacity > 0),
      status text not null default 'active' check (status in ('active', 'leave', 'left')),
      email text,
      user_id bigint unique references users (id),
      updated_at timestamptz not null default now(),
      ended_at timestamptz
    );
    create index inspectors_department on inspectors (department_code);

    create table inspector_versions (
      id bigint generated always as identity primary key,
      inspector_id bigint not null references inspectors (id),
      valid_from timestamptz not null default now(),
      import_id bigint references imports (id),
      state jsonb not null
    );
    create index inspector_versions_inspector on inspector_versions (inspector_id, valid_from);
    create index inspector_versions_import on inspector_versions (import_id);

    create table exclusions (
      inspector_id bigint not null references inspectors (id),
      entity_id bigint not null references entities (id),
      reason text not null check (reason <> '' and reason !~ '[[:cntrl:]]'),
      declared_by bigint references users (id),
      declared_at timestamptz not null default now(),
      primary key (inspector_id, entity_id)
    );
    create index exclusions_entity on exclusions (entity_id);
    create index exclusions_declared_by on exclusions (declared_by);
  `);
}

export { down } from './0001-organisation';
