import type { Knex } from 'knex';

/** Templates of documents in versions: the city's own, and those of departments in their place. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table document_templates (
      id bigint generated always as identity primary key,
      kind text not null,
      -- Null: the city's, for every department without one of its own.
      department_code text references departments (code),
      version int not null check (version > 0),
      -- Null: set back, to the city's or to what ships.
      body text check (body <> ''),
      note text not null,
      made_by bigint not null references users (id),
      made_at timestamptz not null,
      unique nulls not distinct (kind, department_code, version)
    );
    create index document_templates_department on document_templates (department_code);
    create index document_templates_made_by on document_templates (made_by);

    -- Documents say by which version they were made: a version stays as it is. No worker makes documents.
    revoke all on document_templates from onevisit_worker;
    revoke update, delete on document_templates from onevisit_api;
  `);
}

export { down } from './0001-organisation';
