import type { Knex } from 'knex';

/** What one administrator asks for and another confirms. A grant that came by a request is the one that was confirmed. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table role_requests (
      id bigint generated always as identity primary key,
      user_id bigint not null references users (id),
      role text not null,
      department_code text not null references departments (code),
      region_code text not null references regions (code),
      reason text not null check (reason <> ''),
      requested_by bigint not null references users (id),
      requested_at timestamptz not null,
      expires_at timestamptz not null,
      status text not null default 'pending'
        check (status in ('pending', 'confirmed', 'returned', 'withdrawn', 'expired')),
      decided_by bigint references users (id),
      decided_at timestamptz,
      note text not null default '',
      check (requested_by <> user_id),
      -- Nobody decides on what they asked for, or on what is for themselves.
      check (status not in ('confirmed', 'returned')
             or (decided_by is not null and decided_by <> requested_by and decided_by <> user_id)),
      unique (id, user_id, role, department_code, region_code)
    );
    create unique index role_requests_pending on role_requests (user_id, role, department_code, region_code)
      where status = 'pending';
    create index role_requests_open on role_requests (id) where status = 'pending';
    create index role_requests_user on role_requests (user_id, id);
    create index role_requests_asker on role_requests (requested_by);
    create index role_requests_decider on role_requests (decided_by);
    create index role_requests_department on role_requests (department_code);
    create index role_requests_region on role_requests (region_code);

    alter table user_roles
      add column granted_at timestamptz not null default now(),
      -- null: by the operator, or before requests were.
      add column request_id bigint,
      add foreign key (request_id, user_id, role, department_code, region_code)
        references role_requests (id, user_id, role, department_code, region_code);
    create index user_roles_request on user_roles (request_id, user_id, role, department_code, region_code);

    -- Requests are seen by who keeps or guards the accounts of the area, and the API can't speak for anybody but the person
    -- it acts for.
    alter table role_requests enable row level security;
    create policy worker_all on role_requests to onevisit_worker using (true);
    create policy api_seen on role_requests for select to onevisit_api using (
      (select acting_beyond()) or exists (
        select from unnest(cast((select acting_areas('admin', 'security_admin')) as text[])) a
         where starts_with(region_code, a)));
    create policy api_asks on role_requests for insert to onevisit_api
      with check (requested_by = (select acting_user()));
    create policy api_decides on role_requests for update to onevisit_api using (true)
      with check (decided_by is null or decided_by = (select acting_user()));
    revoke delete on role_requests from onevisit_api, onevisit_worker;

    -- Whatever a route forgets: the API gives nobody a role that was not confirmed, and changes none.
    alter table user_roles enable row level security;
    create policy worker_all on user_roles to onevisit_worker using (true);
    create policy api_reads on user_roles for select to onevisit_api using (true);
    create policy api_grants on user_roles for insert to onevisit_api with check (exists (
      select from role_requests q where q.id = request_id and q.status = 'confirmed'));
    create policy api_ends on user_roles for delete to onevisit_api using (true);
    revoke insert, update on user_roles from onevisit_worker;
    revoke update on user_roles from onevisit_api;
  `);
}

export { down } from './0001-organisation';
