import type { Knex } from 'knex';

/** The outbox: notices are written with their cause, mailed as one digest per recipient. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table mails (
      id bigint generated always as identity primary key,
      -- Ours, fixed when the mail is composed: a duplicate after a crash can be told by it.
      message_id text not null unique,
      recipient_id bigint not null references users (id),
      recipient_email text not null,
      subject text not null,
      body_text text not null,
      body_html text not null,
      status text not null default 'pending' check (status in ('pending', 'sent', 'deferred', 'bounced')),
      attempts int not null default 0,
      next_attempt_at timestamptz not null default now(),
      claimed_until timestamptz,
      last_reply text,
      created_at timestamptz not null default now(),
      sent_at timestamptz
    );
    create index mails_waiting on mails (next_attempt_at) where status in ('pending', 'deferred');
    create index mails_recipient on mails (recipient_id);

    create table notices (
      id bigint generated always as identity primary key,
      -- campaign, step, subject, recipient: written once whatever runs twice.
      key text not null unique,
      recipient_id bigint not null references users (id),
      kind text not null,
      campaign_id bigint references campaigns (id),
      params jsonb not null default '{}',
      not_before timestamptz not null,
      created_at timestamptz not null default now(),
      mail_id bigint references mails (id),
      -- Set instead of mail_id where the recipient has no mail address: the inbox still shows the notice.
      unmailable boolean not null default false,
      read_at timestamptz
    );
    create index notices_waiting on notices (not_before, recipient_id) where mail_id is null and not unmailable;
    create index notices_inbox on notices (recipient_id, id desc);
    create index notices_mail on notices (mail_id);
    create index notices_campaign on notices (campaign_id, kind);
  `);
}

export { down } from './0001-organisation';
