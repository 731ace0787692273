import type { Knex } from 'knex';

/** The notice of an inspection, what the entity does with it, and the trace of the visit (国办发〔2024〕54号; domain guide, section 3). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- Keys to a visit for its entity: the hash only, for who reads the table must not stand at a door.
    create table visit_codes (
      token_hash text primary key,
      visit_id bigint not null references visits (id),
      -- On site: shown on the inspectors' phone, and valid for the day.
      purpose text not null check (purpose in ('notice', 'on-site')),
      issued_by bigint not null references users (id),
      issued_at timestamptz not null,
      expires_at timestamptz not null,
      revoked_at timestamptz
    );
    create index visit_codes_visit on visit_codes (visit_id);
    create index visit_codes_issued_by on visit_codes (issued_by);

    create table visit_traces (
      visit_id bigint primary key references visits (id),
      arrived_at timestamptz not null,
      -- Null: the entity has confirmed it; otherwise an inspector has recorded it, with the reason why not the entity.
      arrival_by bigint references users (id),
      arrival_reason text not null default '',
      -- Who came, [{code, name, department}].
      people jsonb not null,
      left_at timestamptz,
      leaving_by bigint references users (id),
      leaving_reason text not null default '',
      check (left_at is null or left_at >= arrived_at),
      check (arrival_by is null or arrival_reason <> ''),
      check (leaving_by is null or leaving_reason <> '')
    );
    create index visit_traces_arrival_by on visit_traces (arrival_by);
    create index visit_traces_leaving_by on visit_traces (leaving_by);

    create table visit_ratings (
      visit_id bigint primary key references visits (id),
      stars smallint not null check (stars between 1 and 5),
      remark text not null default '',
      rated_at timestamptz not null
    );

    -- The entity asks that an inspector stay away; the department's head decides.
    create table recusal_requests (
      id bigint generated always as identity primary key,
      visit_id bigint not null references visits (id),
      inspector_id bigint not null references inspectors (id),
      department_code text not null references departments (code),
      reason text not null check (reason <> ''),
      asked_at timestamptz not null,
      status text not null default 'requested' check (status in ('requested', 'granted', 'refused')),
      decided_by bigint references users (id),
      decided_at timestamptz,
      note text not null default '',
      -- Who goes instead is found by the next ticket.
      amendment_id bigint references amendments (id),
      unique (visit_id, inspector_id),
      check (status = 'requested' or (decided_by is not null and note <> ''))
    );
    create index recusal_requests_inspector on recusal_requests (inspector_id);
    create index recusal_requests_department on recusal_requests (department_code);
    create index recusal_requests_decided_by on recusal_requests (decided_by);
    create index recusal_requests_amendment on recusal_requests (amendment_id);
  `);
}

export { down } from './0001-organisation';
