import type { Knex } from 'knex';

/** Campaigns, draw ceremonies with their frozen files, visits and results (plan 3.4 to 3.6). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table campaigns (
      id bigint generated always as identity primary key,
      code text collate "C" not null unique check (code ~ '^[A-Z0-9-]+$'),
      name text not null check (name <> ''),
      lead_department text not null references departments (code),
      region_codes text[] not null check (cardinality(region_codes) > 0),
      mode text not null check (mode in ('joint', 'per_item')),
      stage text not null default 'draft' check (stage in ('draft', 'submitted', 'returned', 'approved', 'frozen', 'sealed',
        'drawn', 'dispatched', 'under_way', 'results_in', 'published', 'closed', 'cancelled')),
      -- [{stratum, ratio_ppm, minimum}]: one line per draw class.
      strata jsonb not null,
      deadline_policy jsonb not null,
      -- {A: 1, B: 1, C: 2, D: null}: visits a year per entity, over all campaigns (plan 3.3).
      yearly_cap jsonb not null,
      public_contributor text check (public_contributor ~ '^public:[a-z0-9-]+$'),
      visit_from date not null,
      visit_to date not null check (visit_to >= visit_from),
      created_by bigint not null references users (id),
      created_at timestamptz not null default now(),
      submitted_by bigint references users (id),
      approved_by bigint references users (id),
      stage_reason text,
      closed_at timestamptz,
      -- Nobody approves what they submitted.
      constraint campaign_four_eyes check (approved_by is null or approved_by is distinct from submitted_by)
    );
    create index campaigns_stage on campaigns (stage, id);
    create index campaigns_lead on campaigns (lead_department);
    create index campaigns_created_by on campaigns (created_by);
    create index campaigns_submitted_by on campaigns (submitted_by);
    create index campaigns_approved_by on campaigns (approved_by);

    create sequence campaign_numbers;

    create table campaign_departments (
      campaign_id bigint not null references campaigns (id),
      department_code text not null references departments (code),
      team_size int not null default 2 check (team_size between 1 and 10),
      primary key (campaign_id, department_code)
    );
    create index campaign_departments_department on campaign_departments (department_code);

    create table campaign_items (
      campaign_id bigint not null references campaigns (id),
      item_code text not null references items (code),
      -- Pinned at freeze: campaigns keep the version they froze.
      item_version_id bigint references item_versions (id),
      check_form_id bigint references check_forms (id),
      primary key (campaign_id, item_code)
    );
    create index campaign_items_item on campaign_items (item_code);
    create index campaign_items_version on campaign_items (item_version_id);
    create index campaign_items_form on campaign_items (check_form_id);

    -- What each workflow step did: a step that runs twice finds its own outcome here.
    create table campaign_steps (
      campaign_id bigint not null references campaigns (id),
      key text not null,
      outcome jsonb not null,
      at timestamptz not null default now(),
      primary key (campaign_id, key)
    );

    create table ceremonies (
      id bigint generated always as identity primary key,
      campaign_id bigint not null references campaigns (id),
      number int not null,
      status text not null default 'sealing' check (status in ('sealing', 'revealing', 'drawn', 'void')),
      manifest text not null,
      commitment text not null,
      frozen_at timestamptz not null,
      capped int not null default 0,
      seed text,
      void_reason text,
      bundle bytea,
      bundle_sha256 text,
      unique (campaign_id, number)
    );
    create unique index ceremonies_one_live on ceremonies (campaign_id) where status <> 'void';

    create table contributions (
      ceremony_id bigint not null references ceremonies (id),
      contributor text collate "C" not null,
      seal text check (seal ~ '^[0-9a-f]{64}$'),
      sealed_by bigint references users (id),
      sealed_at timestamptz,
      value text,
      source text,
      revealed_by bigint references users (id),
      revealed_at timestamptz,
      primary key (ceremony_id, contributor)
    );
    create index contributions_sealed_by on contributions (sealed_by);
    create index contributions_revealed_by on contributions (revealed_by);

    -- One row per entity in any population of the ceremony.
    create table frozen_entities (
      ceremony_id bigint not null references ceremonies (id),
      credit_code text collate "C" not null,
      entity_id bigint not null references entities (id),
      region_code text not null,
      stratum text collate "C" not null,
      items text[] collate "C" not null,
      primary key (ceremony_id, credit_code)
    );
    create index frozen_entities_entity on frozen_entities (entity_id);

    create table frozen_inspectors (
      ceremony_id bigint not null references ceremonies (id),
      inspector text collate "C" not null,
      inspector_id bigint not null references inspectors (id),
      department text collate "C" not null,
      regions text[] not null,
      qualifications text[] not null,
      capacity int,
      primary key (ceremony_id, inspector)
    );
    create index frozen_inspectors_inspector on frozen_inspectors (inspector_id);

    create table frozen_exclusions (
      ceremony_id bigint not null references ceremonies (id),
      inspector text collate "C" not null,
      credit_code text collate "C" not null,
      reason text not null,
      primary key (ceremony_id, inspector, credit_code)
    );

    create table drawn (
      ceremony_id bigint not null references ceremonies (id),
      item text collate "C" not null,
      stratum text collate "C" not null,
      rank int not null check (rank > 0),
      credit_code text collate "C" not null,
      ticket text collate "C" not null,
      primary key (ceremony_id, item, stratum, rank),
      unique (ceremony_id, item, stratum, credit_code)
    );

    create table visits (
      id bigint generated always as identity primary key,
      campaign_id bigint not null references campaigns (id),
      number int not null check (number > 0),
      entity_id bigint not null references entities (id),
      ticket text collate "C" not null,
      visit_on date,
      finished_at timestamptz,
      published_at timestamptz,
      -- One visit: whatever the number of items and departments (plan 3.6).
      constraint one_visit_per_entity unique (campaign_id, entity_id),
      unique (campaign_id, number)
    );
    create index visits_entity on visits (entity_id, finished_at);
    create index visits_unfinished on visits (campaign_id) where finished_at is null;
    create index visits_unpublished on visits (campaign_id) where finished_at is not null and published_at is null;

    create table visit_items (
      visit_id bigint not null references visits (id),
      item_code text collate "C" not null,
      department_code text not null references departments (code),
      item_version_id bigint not null references item_versions (id),
      check_form_id bigint not null references check_forms (id),
      result_code smallint check (result_code between 1 and 8),
      opinion text not null default '',
      answers jsonb not null default '{}',
      submitted_by bigint references users (id),
      submitted_at timestamptz,
      primary key (visit_id, item_code),
      check ((result_code is null) = (submitted_at is null))
    );
    create index visit_items_open on visit_items (department_code, visit_id) where result_code is null;
    create index visit_items_version on visit_items (item_version_id);
    create index visit_items_form on visit_items (check_form_id);
    create index visit_items_submitted_by on visit_items (submitted_by);

    create table assignments (
      visit_id bigint not null references visits (id),
      department_code text collate "C" not null references departments (code),
      inspector_id bigint not null references inspectors (id),
      primary key (visit_id, inspector_id)
    );
    create index assignments_inspector on assignments (inspector_id, visit_id);
    create index assignments_department on assignments (department_code, visit_id);

    create table unfilled_slots (
      visit_id bigint not null references visits (id),
      department_code text not null references departments (code),
      missing int not null check (missing > 0),
      rule text not null,
      primary key (visit_id, department_code)
    );
    create index unfilled_slots_department on unfilled_slots (department_code);

    -- What the public was shown, word for word, with natural persons masked.
    create table published_results (
      campaign_id bigint not null references campaigns (id),
      visit_id bigint not null references visits (id),
      item_code text collate "C" not null,
      visit_number int not null,
      entity_name text not null,
      credit_code text not null,
      item_name text not null,
      department_name text not null,
      result_code smallint not null,
      visit_on date not null,
      published_at timestamptz not null default now(),
      primary key (visit_id, item_code)
    );
    create index published_results_campaign on published_results (campaign_id, visit_number, item_code);
  `);
}

export { down } from './0001-organisation';
