import type { Knex } from 'knex';

/** What changes after a draw: asked for, decided by somebody else, and appended to the public record. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table amendments (
      id bigint generated always as identity primary key,
      campaign_id bigint not null references campaigns (id),
      kind text not null check (kind in ('replacement', 'supplement')),
      -- replacement: {inspector, visits: number[] | null}; supplement: {strata: [{item, stratum, ratio_ppm, minimum}]}
      params jsonb not null,
      reason text not null check (reason <> ''),
      status text not null default 'requested' check (status in ('requested', 'approved', 'refused')),
      requested_by bigint not null references users (id),
      requested_at timestamptz not null,
      decided_by bigint references users (id),
      decided_at timestamptz,
      note text not null default '',
      outcome text,
      -- Nobody approves what they submitted.
      constraint amendments_four_eyes check (decided_by is distinct from requested_by),
      check ((status = 'requested') = (decided_at is null))
    );
    create index amendments_campaign on amendments (campaign_id, id);
    create index amendments_requested_by on amendments (requested_by);
    create index amendments_decided_by on amendments (decided_by);

    create table draw_records (
      ceremony_id bigint not null references ceremonies (id),
      seq int not null check (seq > 0),
      amendment_id bigint not null unique references amendments (id),
      line text not null,
      digest text not null check (digest ~ '^[0-9a-f]{64}$'),
      primary key (ceremony_id, seq)
    );

    create function draw_records_append_only() returns trigger language plpgsql as $$
    begin
      raise exception 'draw_records is append-only';
    end $$;
    create trigger draw_records_append_only before update or delete or truncate on draw_records
      for each statement execute function draw_records_append_only();
  `);
}

export { down } from './0001-organisation';
