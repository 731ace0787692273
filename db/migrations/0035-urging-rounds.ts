import type { Knex } from 'knex';

/** Urging orders by hand too, to a person, about a campaign or a year's plan; asked and answered in rounds, withdrawn. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- Numbers begin anew each year, without gaps where an order was not issued after all.
    create table urging_order_years (
      year int primary key,
      last int not null check (last > 0)
    );
    insert into urging_order_years (year, last)
    select cast(split_part(number, '-', 2) as int), max(cast(split_part(number, '-', 3) as int))
      from urging_orders where number ~ '^DB-[0-9]{4}-[0-9]+$' group by 1;
    drop sequence urging_order_numbers;

    alter table urging_orders
      alter column campaign_id drop not null,
      add column plan_year int references annual_plans (year),
      add column origin text not null default 'sweep' check (origin in ('sweep', 'hand')),
      -- What is urged, in words.
      add column demand text not null default '任务逾期，现予督办。请查明原因，采取措施，按期答复。',
      add column addressee_id bigint references users (id),
      add column issued_by bigint references users (id),
      add column withdrawn_by bigint references users (id),
      add column withdrawn_at timestamptz,
      add column withdrawal_reason text,
      drop constraint urging_orders_status_check,
      add constraint urging_orders_status check (status in ('issued', 'answered', 'returned', 'accepted', 'withdrawn')),
      add constraint urging_orders_owner check (num_nonnulls(campaign_id, plan_year) = 1),
      add constraint urging_orders_issuer check ((origin = 'hand') = (issued_by is not null)),
      add constraint urging_orders_withdrawn check (
        (status = 'withdrawn') = (withdrawn_at is not null)
        and (withdrawn_at is not null) = (coalesce(withdrawal_reason, '') <> ''));
    alter table urging_orders alter column demand drop default;
    drop index urging_orders_one_open;
    -- The sweep adds further overdue tasks to its open order; by hand there can be several.
    create unique index urging_orders_one_open on urging_orders (campaign_id, department_code)
     where origin = 'sweep' and status not in ('accepted', 'withdrawn');
    create index urging_orders_plan on urging_orders (plan_year);
    create index urging_orders_campaign on urging_orders (campaign_id);
    create index urging_orders_addressee on urging_orders (addressee_id);
    create index urging_orders_issued_by on urging_orders (issued_by);
    create index urging_orders_withdrawn_by on urging_orders (withdrawn_by);
    create index urging_orders_issued_at on urging_orders (issued_at);

    create table urging_order_rounds (
      order_id bigint not null references urging_orders (id),
      round int not null check (round > 0),
      -- To answer; its deadline is the round's.
      task_id bigint not null references tasks (id),
      answer text check (answer <> ''),
      answered_by bigint references users (id),
      answered_at timestamptz,
      decision text check (decision in ('accepted', 'returned')),
      note text not null default '',
      decided_by bigint references users (id),
      decided_at timestamptz,
      primary key (order_id, round),
      constraint round_answered check (num_nonnulls(answer, answered_by, answered_at) in (0, 3)),
      constraint round_decided check (num_nonnulls(decision, decided_by, decided_at) in (0, 3)),
      constraint round_answered_first check (decision is null or answer is not null),
      -- Nobody decides on their own answer.
      constraint round_four_eyes check (decided_by <> answered_by)
    );
    create unique index urging_order_rounds_task on urging_order_rounds (task_id);
    create index urging_order_rounds_answered_by on urging_order_rounds (answered_by);
    create index urging_order_rounds_decided_by on urging_order_rounds (decided_by);

    -- Of earlier rounds only the newest answer was kept; it belongs to the newest round that was answered.
    insert into urging_order_rounds (order_id, round, task_id, answer, answered_by, answered_at,
                                     decision, note, decided_by, decided_at)
    select o.id, r.round, r.task_id,
           case when r.is_answered then o.answer end, case when r.is_answered then o.answered_by end,
           case when r.is_answered then o.answered_at end,
           case when r.is_decided then case when o.status = 'accepted' then 'accepted' else 'returned' end end,
           case when r.is_decided then coalesce(o.decision_note, '') else '' end,
           case when r.is_decided then o.decided_by end, case when r.is_decided then o.decided_at end
      from (select o.id as order_id, t.id as task_id, k.round,
                   o.answer is not null and k.round = k.rounds - case when o.status = 'returned' then 1 else 0 end as is_answered,
                   o.decided_at is not null and o.status in ('accepted', 'returned') and o.decided_by <> o.answered_by
                     and k.round = k.rounds - case when o.status = 'returned' then 1 else 0 end as is_decided
              from urging_orders o
              join lateral (select id, cast(split_part(key, '/', 3) as int) as round, count(*) over () as rounds
                              from tasks where kind = 'answer-urging' and key like 'answer-urging/' || o.number || '/%') k on true
              join tasks t on t.id = k.id) r
      join urging_orders o on o.id = r.order_id;
    update urging_orders o set addressee_id = t.assignee_id
      from urging_order_rounds r join tasks t on t.id = r.task_id
     where r.order_id = o.id and r.round = 1;
    alter table urging_orders
      drop column answer, drop column answered_by, drop column answered_at,
      drop column decision_note, drop column decided_by, drop column decided_at;
  `);
}

export { down } from './0001-organisation';
