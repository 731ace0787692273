import type { Knex } from 'knex';

/** Published results go to other systems: where to, in what layout, what was sent, what the receiver answered. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- The order in which results are delivered.
    alter table published_results add column id bigint generated always as identity unique;

    create table delivery_targets (
      id bigint generated always as identity primary key,
      -- A folder is called so.
      code text collate "C" not null unique,
      name text not null,
      kind text not null check (kind in ('folder', 'webhook')),
      format text not null check (format in ('csv', 'xlsx', 'json')),
      columns jsonb not null,
      enabled boolean not null,
      version int not null default 1,
      -- Results up to this one are in deliveries.
      after_id bigint not null default 0,
      last_number int not null default 0
    );

    create table deliveries (
      id bigint generated always as identity primary key,
      target_id bigint not null references delivery_targets (id),
      number int not null check (number > 0),
      campaign_id bigint not null references campaigns (id),
      -- Published results between these, both included.
      from_id bigint not null,
      to_id bigint not null check (to_id >= from_id),
      rows int not null check (rows > 0),
      file_name text not null,
      sha256 text not null,
      -- Kept as it is: every attempt sends the same bytes, whatever became of the layout.
      content bytea not null,
      status text not null default 'created' check (status in (
        'created', 'sending', 'sent', 'acknowledged', 'rejected', 'failed')),
      attempts int not null default 0,
      created_at timestamptz not null,
      first_attempt_at timestamptz,
      next_attempt_at timestamptz not null,
      sent_at timestamptz,
      failed_at timestamptz,
      acknowledged_at timestamptz,
      last_reply text,
      unique (target_id, number),
      unique (target_id, from_id)
    );
    create index deliveries_waiting on deliveries (next_attempt_at) where status in ('created', 'sending');
    create index deliveries_campaign on deliveries (campaign_id);

    create table delivery_answers (
      delivery_id bigint not null references deliveries (id),
      result_id bigint not null references published_results (id),
      accepted boolean not null,
      reason text not null,
      primary key (delivery_id, result_id)
    );
    create index delivery_answers_result on delivery_answers (result_id);
  `);
}

export { down } from './0001-organisation';
