import type { Knex } from 'knex';

/** Mails have the statuses of GOV.UK Notify (domain/notices/delivery.ts); bounces are read; relays have a rate. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table mails drop constraint mails_status_check;
    drop index mails_waiting;
    alter table mails
      alter column status set default 'created',
      -- A claim moves the next attempt beyond the time it may take.
      drop column claimed_until,
      add column first_attempt_at timestamptz,
      add column delivered_at timestamptz,
      add column failed_at timestamptz,
      -- A report settled it: the answer of the server we gave it to counts no more.
      add column reported_at timestamptz,
      -- A person had it sent once more.
      add column resent int not null default 0;
    update mails
       set status = case status when 'pending' then 'created' when 'deferred' then 'sending'
                                when 'bounced' then 'permanent-failure' else status end,
           first_attempt_at = case when attempts > 0 then coalesce(sent_at, created_at) end,
           failed_at = case when status = 'bounced' then created_at end;
    alter table mails add constraint mails_status_check check (status in (
      'created', 'sending', 'sent', 'delivered', 'temporary-failure', 'permanent-failure', 'technical-failure'));
    create index mails_waiting on mails (next_attempt_at) where status in ('created', 'sending');
    create index mails_failed on mails (id desc)
      where status in ('temporary-failure', 'permanent-failure', 'technical-failure');

    -- How many mails a relay takes at this moment: a token for each, refilled by time.
    create table mail_relays (
      relay text primary key,
      tokens double precision not null check (tokens >= 0),
      refilled_at timestamptz not null
    );

    -- How far the mailbox with the bounces was read.
    create table bounce_mailboxes (
      mailbox text primary key,
      uid_validity bigint not null,
      last_uid bigint not null
    );
  `);
}

export { down } from './0001-organisation';
