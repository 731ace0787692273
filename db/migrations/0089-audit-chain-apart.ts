import type { Knex } from 'knex';

/**
 * Who writes an entry no longer waits for whoever wrote the last one to commit: entries get their place in the chain just
 * after, from `audit_seal`. The chain is a table of its own, so that the log itself is never updated. Roots of the hash tree
 * over the chain are signed from time to time, with a key that the database does not know.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    drop trigger audit_append_only on audit_log;

    create table audit_links (
      place bigint primary key,
      seq bigint not null unique references audit_log (seq),
      previous_hash text not null,
      hash text not null
    );
    insert into audit_links select seq, seq, previous_hash, hash from audit_log;
    alter table audit_log drop column previous_hash, drop column hash;
    alter table audit_log alter column seq add generated always as identity;
    select setval(pg_get_serial_sequence('audit_log', 'seq'), (select coalesce(max(seq), 0) + 1 from audit_log), false);
    -- A line break would let one text be read as another.
    alter table audit_log add constraint audit_log_lines
      check (concat(action, subject, address, request_id) !~ '[\\n\\r]') not valid;
    create index audit_log_at on audit_log (at, seq);
    create index audit_log_action on audit_log (action, seq);

    -- Entries that have no place yet.
    create table audit_pending (seq bigint primary key);

    create or replace function audit_chain() returns trigger
      language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      new.at := date_trunc('milliseconds', clock_timestamp());
      insert into audit_pending values (new.seq);
      return new;
    end $$;

    -- Gives places to entries whose transactions have committed, in the order of their numbers; returns to how many.
    create function audit_seal(most int) returns int
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      entry record;
      head_place bigint;
      head_hash text;
      digest text;
      sealed bigint[] := '{}';
    begin
      perform pg_advisory_xact_lock(hashtext('onevisit.audit'));
      select place, hash into head_place, head_hash from audit_links order by place desc limit 1;
      head_place := coalesce(head_place, 0);
      head_hash := coalesce(head_hash, repeat('0', 64));
      for entry in select a.* from audit_pending p join audit_log a using (seq) order by p.seq limit most loop
        head_place := head_place + 1;
        digest := encode(sha256(convert_to(concat_ws(E'\\n',
          case when entry.seq = head_place then head_place::text else concat(head_place, '/', entry.seq) end,
          to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), coalesce(entry.actor_id::text, ''),
          entry.action, entry.subject, coalesce(entry.address, ''), coalesce(entry.request_id, ''),
          coalesce(entry.before::text, ''), coalesce(entry.after::text, ''), head_hash), 'UTF8')), 'hex');
        insert into audit_links values (head_place, entry.seq, head_hash, digest);
        head_hash := digest;
        sealed := sealed || entry.seq;
      end loop;
      delete from audit_pending where seq = any (sealed);
      return cardinality(sealed);
    end $$;

    -- Public keys by which checkpoints were signed, in the form of signed notes.
    create table audit_keys (
      id text primary key,
      key text not null unique,
      since timestamptz not null
    );
    create table audit_checkpoints (
      size bigint primary key check (size > 0),
      root text not null,
      at timestamptz not null,
      reason text not null,
      key_id text not null references audit_keys (id),
      note text not null
    );
    create index audit_checkpoints_key on audit_checkpoints (key_id);
    -- Roots over each full 1024 places: what proofs are made of without going through the whole chain.
    create table audit_pieces (
      number bigint primary key,
      root text not null
    );
    create table audit_checks (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      entries bigint not null,
      seconds double precision not null,
      problems jsonb not null
    );

    create or replace function audit_append_only() returns trigger language plpgsql as $$
    begin
      raise exception '% is append-only', tg_table_name;
    end $$;
    do $$
    declare
      kept text;
      part text;
    begin
      foreach kept in array array['audit_log', 'audit_links', 'audit_keys', 'audit_checkpoints', 'audit_pieces', 'audit_checks'] loop
        execute format('create trigger audit_append_only before update or delete or truncate on %I
          for each statement execute function audit_append_only()', kept);
      end loop;
      -- API and worker append to the log; its chain grows by audit_seal alone, and only the worker signs.
      foreach part in array array['onevisit_api', 'onevisit_worker'] loop
        if exists (select from pg_roles where rolname = part) then
          execute format('revoke update, delete on audit_log, audit_links, audit_keys, audit_checkpoints, audit_pieces,
            audit_checks from %I', part);
          execute format('revoke insert on audit_links from %I', part);
          execute format('revoke insert, update, delete on audit_pending from %I', part);
        end if;
      end loop;
      if exists (select from pg_roles where rolname = 'onevisit_api') then
        revoke insert on audit_keys, audit_checkpoints, audit_pieces, audit_checks from onevisit_api;
      end if;
    end $$;
  `);
}

export { down } from './0001-organisation';
