import type { Knex } from 'knex';

/**
 * What the parts of the program may do, apart from who owns the tables: roles without a login, of which the logins of API and
 * worker are members (docs/operations/database.md). Roles belong to the whole server: another database may have made them.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    do $$
    declare
      wanted text;
    begin
      foreach wanted in array array['onevisit_api', 'onevisit_worker'] loop
        if not exists (select from pg_roles where rolname = wanted) then
          begin
            execute format('create role %I nologin', wanted);
          exception
            when duplicate_object or unique_violation then null;
            when insufficient_privilege then
              raise exception 'the role % does not exist, and % may not create it', wanted, current_user
                using hint = format('As an administrator of PostgreSQL: create role %I nologin; grant %I to %I;',
                  wanted, wanted, current_user);
          end;
        end if;
        -- Where there are no logins of their own, API and worker connect as the owner and take these roles on.
        if not pg_has_role(current_user, wanted, 'set') then
          execute format('grant %I to current_user with inherit false, set true', wanted);
        end if;
      end loop;
    end $$;

    grant usage on schema public to onevisit_api, onevisit_worker;
    grant select, insert, update, delete on all tables in schema public to onevisit_api, onevisit_worker;
    grant usage on all sequences in schema public to onevisit_api, onevisit_worker;
    revoke all on knex_migrations, knex_migrations_lock from onevisit_api, onevisit_worker;
    alter default privileges in schema public
      grant select, insert, update, delete on tables to onevisit_api, onevisit_worker;
    alter default privileges in schema public grant usage on sequences to onevisit_api, onevisit_worker;

    -- On record for good: nobody but the owner could change them, and triggers keep even the owner from it.
    revoke update, delete on draw_records, archives, archive_chunks from onevisit_api, onevisit_worker;
    -- As 0089, which may have been applied before there were these roles.
    revoke update, delete on audit_log, audit_links, audit_keys, audit_checkpoints, audit_pieces, audit_checks
      from onevisit_api, onevisit_worker;
    revoke insert on audit_links from onevisit_api, onevisit_worker;
    revoke insert, update, delete on audit_pending from onevisit_api, onevisit_worker;
    revoke insert on audit_keys, audit_checkpoints, audit_pieces, audit_checks from onevisit_api;
    -- Written by workflows alone: what is frozen, drawn, matched and published, and what they did.
    revoke insert, update, delete on
      ceremonies, contributions, frozen_pieces, frozen_groups, frozen_inspectors, frozen_exclusions, drawn, draw_records,
      archives, archive_chunks, tight_sets, campaign_steps, annual_plan_steps, annual_plan_versions, bulletin_freezes,
      bulletin_editions, mail_relays, bounce_mailboxes, delivery_answers
      from onevisit_api;
    -- Visits come and teams change by a draw; the API enters what was found.
    revoke insert, delete on visits, visit_items from onevisit_api;
    revoke insert, update, delete on assignments, unfilled_slots from onevisit_api;
  `);
}

export { down } from './0001-organisation';
