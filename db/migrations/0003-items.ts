import type { Knex } from 'knex';

/** Inspection item lists (plan 3.1) and check forms (plan 3.4). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table items (
      code text collate "C" primary key check (code ~ '^[A-Z0-9][A-Z0-9-]*$'),
      department_code text not null references departments (code)
    );
    create index items_department on items (department_code);

    create table item_versions (
      id bigint generated always as identity primary key,
      item_code text not null references items (code),
      version int not null check (version > 0),
      status text not null default 'draft' check (status in ('draft', 'submitted', 'published', 'superseded', 'withdrawn')),
      name text not null check (name <> ''),
      content text not null default '',
      category text not null check (category in ('key', 'general')),
      methods text[] not null check (cardinality(methods) > 0 and methods <@ array['on-site', 'documentary', 'online']),
      legal_bases jsonb not null default '[]',
      object_tags text[] not null default '{}',
      object_regions text[] not null default '{}',
      qualifications text[] not null default '{}',
      ratio_ppm int check (ratio_ppm between 0 and 1000000),
      frequency text not null default '',
      statutory_ratio_ppm int check (statutory_ratio_ppm between 0 and 1000000),
      change_reason text not null default '',
      created_by bigint references users (id),
      created_at timestamptz not null default now(),
      submitted_by bigint references users (id),
      submitted_at timestamptz,
      published_by bigint references users (id),
      published_at timestamptz,
      ended_at timestamptz,
      returned_reason text,
      unique (item_code, version),
      -- Plan 3.1: no legal basis, no inspection.
      constraint item_needs_legal_basis check (status = 'draft' or jsonb_array_length(legal_bases) > 0),
      -- Nobody publishes what they submitted.
      constraint item_four_eyes check (published_by is null or published_by is distinct from submitted_by)
    );
    create unique index item_versions_one_published on item_versions (item_code) where status = 'published';
    create unique index item_versions_one_open on item_versions (item_code) where status in ('draft', 'submitted');
    create index item_versions_created_by on item_versions (created_by);
    create index item_versions_submitted_by on item_versions (submitted_by);
    create index item_versions_published_by on item_versions (published_by);

    create table check_forms (
      id bigint generated always as identity primary key,
      item_code text not null references items (code),
      version int not null check (version > 0),
      -- [{title, questions: [{key, text, type, unit?, options?, basis?}]}]
      sections jsonb not null,
      created_at timestamptz not null default now(),
      unique (item_code, version)
    );
  `);
}

export { down } from './0001-organisation';
