import type { Knex } from 'knex';

/** Trainings come by files too, and can be taken back with the import that brought them. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table imports
      drop constraint imports_kind_check,
      add constraint imports_kind_check check (kind in ('entities', 'credit', 'inspectors', 'trainings', 'items'));
    alter table inspector_trainings
      alter column entered_by drop not null,
      add column import_id bigint references imports (id),
      add column withdrawal_import_id bigint references imports (id),
      -- The console's imports have nobody.
      add constraint entered_by_somebody check (entered_by is not null or import_id is not null);
    create index inspector_trainings_import on inspector_trainings (import_id);
    create index inspector_trainings_withdrawal_import on inspector_trainings (withdrawal_import_id);
    create index inspectors_certificate on inspectors (certificate_number);
  `);
}

export { down } from './0001-organisation';
