import type { Knex } from 'knex';

/**
 * However many entries wait, after an outage of the worker or a large import: the next ones are taken first and then looked up,
 * where the planner would rather join all of them and sort; and their places are written by one statement.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create or replace function audit_seal(most int) returns int
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      chosen bigint[];
      entry record;
      first_place bigint;
      head_place bigint;
      head_hash text;
      -- The hash before each entry, and that of the last.
      hashes text[];
      numbers bigint[] := '{}';
    begin
      perform pg_advisory_xact_lock(hashtext('onevisit.audit'));
      select array_agg(seq) into chosen from (select seq from audit_pending order by seq limit most) next;
      if chosen is null then
        return 0;
      end if;
      select place, hash into head_place, head_hash from audit_links order by place desc limit 1;
      head_place := coalesce(head_place, 0);
      head_hash := coalesce(head_hash, repeat('0', 64));
      first_place := head_place + 1;
      hashes := array[head_hash];
      for entry in select * from audit_log where seq = any (chosen) order by seq loop
        head_place := head_place + 1;
        head_hash := encode(sha256(convert_to(concat_ws(E'\\n',
          case when entry.seq = head_place then head_place::text else concat(head_place, '/', entry.seq) end,
          to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), coalesce(entry.actor_id::text, ''),
          entry.action, entry.subject, coalesce(entry.address, ''), coalesce(entry.request_id, ''),
          coalesce(entry.before::text, ''), coalesce(entry.after::text, ''), head_hash), 'UTF8')), 'hex');
        hashes := hashes || head_hash;
        numbers := numbers || entry.seq;
      end loop;
      insert into audit_links (place, seq, previous_hash, hash)
        select first_place + n - 1, numbers[n], hashes[n], hashes[n + 1] from generate_subscripts(numbers, 1) n order by n;
      -- What waited without an entry, somebody has taken out: it must not hold up the others.
      delete from audit_pending where seq = any (chosen);
      return cardinality(chosen);
    end $$;
  `);
}

export { down } from './0001-organisation';
