import type { Knex } from 'knex';

/** Corrections of results that were handed in, by request and approval (plan 3.5). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table corrections (
      id bigint generated always as identity primary key,
      visit_id bigint not null,
      item_code text collate "C" not null,
      department_code text collate "C" not null references departments (code),
      status text not null default 'requested' check (status in ('requested', 'returned', 'approved', 'withdrawn')),
      -- Grows each time it is asked for again after a return.
      round int not null default 1 check (round > 0),
      reason text not null check (reason <> ''),
      -- The result as it is to be, and as it was: what is replaced stays on record here.
      result_code smallint not null,
      opinion text not null,
      answers jsonb not null,
      method text,
      old_result_code smallint not null,
      old_opinion text not null,
      old_answers jsonb not null,
      old_method text,
      asked_by bigint not null references users (id),
      asked_at timestamptz not null,
      decided_by bigint references users (id),
      decided_at timestamptz,
      note text not null default '',
      -- What the approval led to (domain/visits/corrections.ts).
      consequences jsonb,
      -- Its case was annulled, or had ended by itself meanwhile.
      annulled_at timestamptz,
      foreign key (visit_id, item_code) references visit_items (visit_id, item_code),
      constraint correction_decided check (status not in ('approved', 'returned') or decided_by is not null),
      constraint correction_returned_with_reason check (status <> 'returned' or note <> ''),
      -- Nobody approves what they asked for.
      constraint correction_four_eyes check (status <> 'approved' or decided_by <> asked_by)
    );
    create index corrections_item on corrections (visit_id, item_code, id);
    create unique index corrections_one_open on corrections (visit_id, item_code) where status in ('requested', 'returned');
    create index corrections_department on corrections (department_code);
    create index corrections_asked_by on corrections (asked_by);
    create index corrections_decided_by on corrections (decided_by);
    create index corrections_to_annul on corrections (visit_id)
      where status = 'approved' and annulled_at is null and consequences ->> 'annul' is not null;

    -- A result has one case; each correction may lead to another.
    alter table handling_cases
      add column correction_id bigint references corrections (id),
      drop constraint handling_cases_visit_id_item_code_key,
      add constraint handling_cases_once unique nulls not distinct (visit_id, item_code, correction_id);
    create index handling_cases_correction on handling_cases (correction_id) where correction_id is not null;
  `);
}

export { down } from './0001-organisation';
