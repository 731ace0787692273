import type { Knex } from 'knex';

/** What was published is corrected or withdrawn by a further version, on request and approval (plan 3.5, 4.2). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table published_results
      add column version int not null default 1 check (version > 0),
      add column status text not null default 'published' check (status in ('published', 'corrected', 'withdrawn')),
      add column changed_at timestamptz,
      -- As the public reads it.
      add column reason text not null default '',
      -- Another version took its place.
      add column superseded_at timestamptz,
      drop constraint published_results_pkey,
      add primary key (visit_id, item_code, version),
      add constraint publication_change_told check (
        case when version = 1 then status = 'published' and changed_at is null
             else status <> 'published' and changed_at is not null and reason <> '' end);
    create unique index published_results_current on published_results (visit_id, item_code) where superseded_at is null;
    drop index published_results_campaign;
    create index published_results_campaign on published_results (campaign_id, visit_number, item_code)
      where superseded_at is null;

    alter table corrections
      -- Of the result, and with it of what is published; of the publication alone; or its withdrawal.
      add column kind text not null default 'result' check (kind in ('result', 'publication', 'withdrawal')),
      -- The public name that is to stand in the publication.
      add column entity_name text,
      add constraint correction_name_of_publication check ((kind = 'publication') = (entity_name is not null));
  `);
}

export { down } from './0001-organisation';
