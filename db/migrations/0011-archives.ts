import type { Knex } from 'knex';

/** The public archives of a ceremony, kept in pieces: written and served without holding one in memory. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table archives (
      ceremony_id bigint not null references ceremonies (id),
      -- frozen: what the commitment fixes, from the freeze on. bundle: all of the draw.
      kind text not null check (kind in ('frozen', 'bundle')),
      size bigint not null check (size > 0),
      sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
      primary key (ceremony_id, kind)
    );

    create table archive_chunks (
      ceremony_id bigint not null references ceremonies (id),
      kind text not null check (kind in ('frozen', 'bundle')),
      number int not null check (number > 0),
      bytes bytea not null,
      primary key (ceremony_id, kind, number)
    );
    -- Zipped already.
    alter table archive_chunks alter column bytes set storage external;

    insert into archives (ceremony_id, kind, size, sha256)
    select id, 'bundle', length(bundle), bundle_sha256 from ceremonies where bundle is not null;
    insert into archive_chunks (ceremony_id, kind, number, bytes)
    select id, 'bundle', chunk, substr(bundle, (chunk - 1) * 1048576 + 1, 1048576)
      from ceremonies, generate_series(1, (length(bundle) + 1048575) / 1048576) as chunk
     where bundle is not null;
    alter table ceremonies drop column bundle;

    create function archive_append_only() returns trigger language plpgsql as $$
    begin
      raise exception '% is append-only', tg_table_name;
    end $$;
    create trigger archives_append_only before update or delete on archives
      for each statement execute function archive_append_only();
    create trigger archive_chunks_append_only before update or delete on archive_chunks
      for each statement execute function archive_append_only();
  `);
}

export { down } from './0001-organisation';
