import type { Knex } from 'knex';

/** Regions, departments, people, sessions, the city's calendar. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table regions (
      code text primary key check (code ~ '^[0-9]{6}$'),
      name text not null,
      parent_code text references regions (code)
    );
    create index regions_parent on regions (parent_code);

    create table departments (
      code text primary key check (code ~ '^[A-Z][A-Z0-9-]{0,15}$'),
      name text not null,
      short_name text not null,
      region_code text not null references regions (code),
      -- 'inspecting' departments own items and inspectors; the others are offices with one duty of plan 4.1, 4.2.
      kind text not null default 'inspecting'
        check (kind in ('inspecting', 'list-registrar', 'credit', 'budget', 'supervision', 'leading-group'))
    );
    create index departments_region on departments (region_code);

    create table users (
      id bigint generated always as identity primary key,
      username text not null unique check (username = lower(username) and username <> ''),
      name text not null,
      email text,
      password_hash text not null,
      created_at timestamptz not null default now(),
      disabled_at timestamptz
    );

    create table user_roles (
      user_id bigint not null references users (id),
      role text not null check (role in ('coordinator', 'lead_officer', 'liaison', 'inspector', 'approver',
        'list_registrar', 'credit_officer', 'budget_officer', 'supervisor', 'admin')),
      department_code text not null references departments (code),
      region_code text not null references regions (code),
      primary key (user_id, role, department_code, region_code)
    );
    create index user_roles_department on user_roles (department_code, role);
    create index user_roles_region on user_roles (region_code);

    create table sessions (
      -- SHA-256 of the cookie: a stolen table gives no session.
      token_hash text primary key,
      user_id bigint not null references users (id),
      created_at timestamptz not null default now(),
      expires_at timestamptz not null
    );
    create index sessions_user on sessions (user_id);
    create index sessions_expiry on sessions (expires_at);

    create table login_failures (
      username text not null,
      at timestamptz not null default now()
    );
    create index login_failures_recent on login_failures (username, at);

    create table calendar_corrections (
      date date primary key,
      kind text not null check (kind in ('holiday', 'workday')),
      reason text not null check (reason <> '')
    );

    create table idempotency_keys (
      user_id bigint not null references users (id),
      key text not null,
      request_hash text not null,
      status int,
      body jsonb,
      created_at timestamptz not null default now(),
      primary key (user_id, key)
    );
    create index idempotency_keys_age on idempotency_keys (created_at);
  `);
}

export const down = forwardOnly;

/** Migrations only go forward: what is wrong is mended by the next one. */
export function forwardOnly(): Promise<void> {
  return Promise.reject(new Error('migrations only go forward'));
}
