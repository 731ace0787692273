import type { Knex } from 'knex';

/** Who did what, chained by hash so that a changed or removed line shows. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table audit_log (
      seq bigint primary key,
      at timestamptz not null,
      actor_id bigint references users (id),
      action text not null,
      subject text not null,
      address text,
      request_id text,
      before jsonb,
      after jsonb,
      previous_hash text not null,
      hash text not null
    );
    create index audit_log_subject on audit_log (subject, seq);
    create index audit_log_actor on audit_log (actor_id);

    create function audit_chain() returns trigger language plpgsql as $$
    declare
      last record;
    begin
      -- One writer at a time holds the head of the chain until it commits.
      perform pg_advisory_xact_lock(hashtext('onevisit.audit'));
      select seq, hash into last from audit_log order by seq desc limit 1;
      new.seq := coalesce(last.seq, 0) + 1;
      new.at := date_trunc('milliseconds', clock_timestamp());
      new.previous_hash := coalesce(last.hash, repeat('0', 64));
      new.hash := encode(sha256(convert_to(concat_ws(E'\\n', new.seq, to_char(new.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        coalesce(new.actor_id::text, ''), new.action, new.subject, coalesce(new.address, ''), coalesce(new.request_id, ''),
        coalesce(new.before::text, ''), coalesce(new.after::text, ''), new.previous_hash), 'UTF8')), 'hex');
      return new;
    end $$;
    create trigger audit_chain before insert on audit_log for each row execute function audit_chain();

    create function audit_append_only() returns trigger language plpgsql as $$
    begin
      raise exception 'audit_log is append-only';
    end $$;
    create trigger audit_append_only before update or delete or truncate on audit_log
      for each statement execute function audit_append_only();
  `);
}

export { down } from './0001-organisation';
