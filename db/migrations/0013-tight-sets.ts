import type { Knex } from 'knex';

/** The people and visits that prove why slots stayed empty; visits matched before this name the rule only. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table tight_sets (
      id bigint generated always as identity primary key,
      campaign_id bigint not null references campaigns (id),
      department_code text not null references departments (code),
      visits int[] not null,
      team_sizes int[] not null,
      regions text[] not null,
      qualifications text[] not null,
      inspectors text[] not null,
      at_capacity text[] not null,
      slots int not null,
      places int not null,
      check (places >= 0 and places < slots)
    );
    create index tight_sets_campaign on tight_sets (campaign_id);
    create index tight_sets_department on tight_sets (department_code);

    alter table unfilled_slots add column tight_set_id bigint references tight_sets (id);
    create index unfilled_slots_tight_set on unfilled_slots (tight_set_id);
  `);
}

export { down } from './0001-organisation';
