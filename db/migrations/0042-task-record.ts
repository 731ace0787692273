import type { Knex } from 'knex';

/** What became of a task: who was reminded when, who did it, whom it was given to, longer time that was asked for. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table tasks add column done_by bigint references users (id);
    create index tasks_done_by on tasks (done_by) where done_by is not null;

    -- Tasks of one kind, department and person that passed a step of their deadline together: a row for all of them.
    create table task_steps (
      id bigint generated always as identity primary key,
      key text not null unique,
      deadline_id bigint not null references deadlines (id),
      step int not null,
      name text not null,
      action text not null check (action in ('remind', 'overdue', 'urge', 'escalate')),
      kind text not null,
      department_code text not null references departments (code),
      assignee_id bigint references users (id),
      tasks int not null check (tasks > 0),
      due_at timestamptz not null,
      at timestamptz not null
    );
    create index task_steps_deadline on task_steps (deadline_id, kind, department_code);
    create index task_steps_department on task_steps (department_code);
    create index task_steps_assignee on task_steps (assignee_id);

    -- The step that the notice tells of.
    alter table notices add column task_step_id bigint references task_steps (id);
    create index notices_task_step on notices (task_step_id) where task_step_id is not null;

    -- One task asks for a later due date: somebody else decides.
    create table task_extensions (
      id bigint generated always as identity primary key,
      task_id bigint not null references tasks (id),
      status text not null default 'requested' check (status in ('requested', 'approved', 'refused', 'withdrawn')),
      amount int not null check (amount > 0),
      reason text not null check (reason <> ''),
      due_at timestamptz not null,
      wanted_due_at timestamptz not null check (wanted_due_at > due_at),
      requested_by bigint not null references users (id),
      requested_at timestamptz not null,
      decided_by bigint references users (id),
      decided_at timestamptz,
      note text not null default '',
      constraint extension_ended check ((status = 'requested') = (decided_at is null)),
      -- Nobody approves what they submitted.
      constraint extension_four_eyes check (status not in ('approved', 'refused') or decided_by <> requested_by)
    );
    create unique index task_extensions_one_open on task_extensions (task_id) where status = 'requested';
    create index task_extensions_task on task_extensions (task_id);
    create index task_extensions_requested_by on task_extensions (requested_by);
    create index task_extensions_decided_by on task_extensions (decided_by);

    -- Each change of who owes a task or until when.
    create table task_moves (
      id bigint generated always as identity primary key,
      task_id bigint not null references tasks (id),
      at timestamptz not null,
      actor_id bigint references users (id),
      reason text not null check (reason <> ''),
      extension_id bigint references task_extensions (id),
      from_assignee bigint references users (id),
      to_assignee bigint references users (id),
      from_deadline bigint not null references deadlines (id),
      to_deadline bigint not null references deadlines (id),
      constraint task_move_moves check (from_assignee is distinct from to_assignee or from_deadline <> to_deadline)
    );
    create index task_moves_task on task_moves (task_id, id);
    create index task_moves_actor on task_moves (actor_id);
    create index task_moves_extension on task_moves (extension_id);
    create index task_moves_from_assignee on task_moves (from_assignee);
    create index task_moves_to_assignee on task_moves (to_assignee);
    create index task_moves_from_deadline on task_moves (from_deadline);
    create index task_moves_to_deadline on task_moves (to_deadline);
  `);
}

export { down } from './0001-organisation';
