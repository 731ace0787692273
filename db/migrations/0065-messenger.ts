import type { Knex } from 'knex';

/** Digests go to the city's own messenger too, and people choose what beside the inbox. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table mails
      add column channel text not null default 'mail' check (channel in ('mail', 'messenger'));
    drop index mails_waiting;
    create index mails_waiting on mails (channel, next_attempt_at) where status in ('created', 'sending');

    -- unmailable: no mail tells of it, for want of an address or because the person wants none.
    alter table notices add column message_id bigint references mails (id);
    create index notices_message on notices (message_id) where message_id is not null;

    create table notice_preferences (
      user_id bigint primary key references users (id),
      mail text not null check (mail in ('all', 'needed')),
      messenger text not null check (messenger in ('all', 'needed', 'none'))
    );
  `);
}

export { down } from './0001-organisation';
