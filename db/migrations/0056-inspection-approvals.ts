import type { Knex } from 'knex';

/** Each inspection is approved by the department's head before it starts (国办发〔2024〕54号; domain guide, section 3). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- Campaigns that were planned before go on without.
    alter table campaigns add column demands_approval boolean not null default false;

    -- Of one department at one entity; without a row it waits.
    create table inspection_approvals (
      visit_id bigint not null references visits (id),
      department_code text collate "C" not null references departments (code),
      status text not null check (status in ('approved', 'returned', 'answered')),
      decided_by bigint not null references users (id),
      decided_at timestamptz not null,
      note text not null default '',
      -- What the department did about a return; it waits again.
      answer text not null default '',
      answered_by bigint references users (id),
      answered_at timestamptz,
      primary key (visit_id, department_code),
      constraint returned_with_reason check (status = 'approved' or note <> ''),
      constraint answered_by_somebody check (status <> 'answered' or answered_by is not null),
      -- Nobody approves what they submitted.
      constraint approval_four_eyes check (status <> 'approved' or answered_by is distinct from decided_by)
    );
    create index inspection_approvals_department on inspection_approvals (department_code);
    create index inspection_approvals_decided_by on inspection_approvals (decided_by);
    create index inspection_approvals_answered_by on inspection_approvals (answered_by);
  `);
}

export { down } from './0001-organisation';
