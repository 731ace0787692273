import type { Knex } from 'knex';

/** Who stands in for somebody on leave (domain guide, section 3, "Deadlines and oversight"). */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table delegations (
      id bigint generated always as identity primary key,
      user_id bigint not null references users (id),
      delegate_id bigint not null references users (id),
      department_code text not null references departments (code),
      from_day date not null,
      until_day date not null check (until_day >= from_day),
      reason text not null check (reason <> ''),
      created_by bigint not null references users (id),
      created_at timestamptz not null,
      -- Ended before its time; it ends by itself after its last day.
      ended_by bigint references users (id),
      ended_at timestamptz,
      constraint delegation_of_another check (user_id <> delegate_id),
      constraint delegation_ended check ((ended_at is null) = (ended_by is null))
    );
    create index delegations_user on delegations (user_id, until_day);
    create index delegations_delegate on delegations (delegate_id, until_day);
    create index delegations_department on delegations (department_code);
    create index delegations_created_by on delegations (created_by);
    create index delegations_ended_by on delegations (ended_by);

    -- Whose notice it was that came to who stands in for them.
    alter table notices add column on_behalf_of bigint references users (id);
    create index notices_on_behalf_of on notices (on_behalf_of) where on_behalf_of is not null;
  `);
}

export { down } from './0001-organisation';
