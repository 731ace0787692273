import type { Knex } from 'knex';

/**
 * Three kinds of administrators, apart from one another and from the city's posts. Who held several before keeps them: only
 * what is granted from now on is held to it, so that nobody is shut out by an upgrade.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table user_roles drop constraint user_roles_role_check;
    alter table user_roles add constraint user_roles_role_check
      check (role in ('coordinator', 'lead_officer', 'liaison', 'inspector', 'approver', 'list_registrar',
        'credit_officer', 'budget_officer', 'supervisor', 'admin', 'security_admin', 'audit_admin'));

    create function refuse_mixed_administrators() returns trigger language plpgsql as $$
    begin
      -- Two grants at once would each not see the other.
      perform 1 from users where id = new.user_id for no key update;
      if exists (select 1 from user_roles r
                  where r.user_id = new.user_id and r.role <> new.role
                    and (r.role in ('admin', 'security_admin', 'audit_admin')
                         or new.role in ('admin', 'security_admin', 'audit_admin'))) then
        raise exception 'user % can not be % beside other roles', new.user_id, new.role
          using errcode = 'check_violation', constraint = 'user_roles_administrators_apart';
      end if;
      return null;
    end $$;
    create trigger user_roles_administrators_apart after insert or update on user_roles
      for each row execute function refuse_mixed_administrators();

    -- As 0088, but that no administrator stands in for anybody.
    create or replace function acting_grants() returns table (role text, department text, area text)
      language sql stable security definer set search_path = public, pg_temp as $$
      select r.role, r.department_code, regexp_replace(r.region_code, '(00)+$', '')
        from user_roles r join users u on u.id = r.user_id and u.disabled_at is null
       where r.user_id = acting_user()
      union
      select o.role, o.department_code, regexp_replace(o.region_code, '(00)+$', '')
        from delegations g
        join users u on u.id = g.delegate_id and u.disabled_at is null
        join user_roles o on o.user_id = g.user_id and o.department_code = g.department_code
       where g.delegate_id = acting_user() and g.ended_at is null
         and cast(nullif(current_setting('onevisit.day', true), '') as date) between g.from_day and g.until_day
         and o.role in ('liaison', 'lead_officer')
         and not exists (select from user_roles a where a.user_id = g.delegate_id
                            and a.role in ('admin', 'security_admin', 'audit_admin'))
    $$;
  `);
}

export { down } from './0001-organisation';
