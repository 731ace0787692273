import type { Knex } from 'knex';

/** Photos and files of a visit's items (plan 3.5): the bytes lie in the store of evidence, what they are is told here. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table evidence (
      id bigint generated always as identity primary key,
      visit_id bigint not null,
      item_code text collate "C" not null,
      -- Null: of the item as a whole.
      question_key text check (question_key ~ '^[a-z0-9_-]+$'),
      -- Where it lies; the same file given twice in a visit lies there once.
      object_key text collate "C" not null check (object_key <> ''),
      sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
      size bigint not null check (size > 0),
      type text not null check (type <> ''),
      file_name text not null check (file_name <> ''),
      uploaded_by bigint not null references users (id),
      uploaded_at timestamptz not null,
      -- Taken back before the result was handed in: the file is erased, that it was there stays on record.
      removed_by bigint references users (id),
      removed_at timestamptz,
      foreign key (visit_id, item_code) references visit_items (visit_id, item_code),
      constraint evidence_removed_by_somebody check ((removed_at is null) = (removed_by is null))
    );
    create index evidence_item on evidence (visit_id, item_code, id);
    create unique index evidence_once on evidence (visit_id, item_code, coalesce(question_key, ''), sha256)
      where removed_at is null;
    create index evidence_object on evidence (object_key) where removed_at is null;
    create index evidence_uploaded_by on evidence (uploaded_by);
    create index evidence_removed_by on evidence (removed_by);
  `);
}

export { down } from './0001-organisation';
