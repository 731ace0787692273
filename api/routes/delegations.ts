import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import {
  countBeyond,
  endDelegation,
  findOverlapping,
  insertDelegation,
  listColleagues,
  listDelegations,
  type DelegationRow,
} from '../../db/delegations';
import { tellAtOnce } from '../../db/notices';
import { dayOf } from '../../domain/deadlines/working-days';
import { conflict, forbidden, invalid, notFound } from '../../domain/errors';
import { keepsLeaves } from '../../domain/permissions/records';
import { departmentsOf, type Actor } from '../../domain/roles';
import { taskChangesContract as contract } from '../contract/task-changes';
import { departmentNamer } from '../department-namer';
import { implement } from '../implement';

const LONGEST_DAYS = 180;

export const delegationRoutes = [
  implement(contract.listDelegations, async ({ actor }, { db, now }) => {
    const departments = departmentsOf(actor);
    const kept = departments.filter((department) => keepsLeaves(actor, department));
    const viewOf = await viewer(db, actor, dayOf(now()));
    const rows = await listDelegations(db, { userId: actor.id, departments: kept });
    const nameOf = await departmentNamer(db);
    const people = await listColleagues(db, departments);
    return {
      rows: await Promise.all(rows.map(viewOf)),
      people: people.map(({ id, name, department }) => ({ id, name, department: nameOf(department) })),
      mayActFor: people.filter((one) => kept.includes(one.department)).map((one) => one.id),
    };
  }),

  implement(contract.createDelegation, async ({ body, actor, address, requestId }, { db, now }) => {
    const today = dayOf(now());
    const id = await db.transaction(async (trx) => {
      assertDays(body, today);
      const { department, names } = await commonDepartment(trx, body, actor);
      await assertFree(trx, body, names);
      const made = await insertDelegation(trx, {
        userId: body.person,
        delegateId: body.delegate,
        department,
        from: body.from,
        until: body.until,
        reason: body.reason,
        actorId: actor.id,
        at: now(),
      });
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'delegation.create', subject: `delegation/${made}` },
        ...{ address, requestId, after: body },
      });
      await tellAtOnce(trx, [
        {
          key: `delegation/${made}`,
          kind: 'delegation',
          campaignId: null,
          recipients: [body.delegate, ...(body.person === actor.id ? [] : [body.person])],
          params: {
            what: `${names.person}请假（${body.from} 至 ${body.until}），期间的任务和通知由${names.delegate}代办：${body.reason}`,
          },
          at: now(),
        },
      ]);
      return made;
    });
    return (await viewer(db, actor, today))(await known(db, id));
  }),

  implement(contract.endDelegation, async ({ params, actor, address, requestId }, { db, now }) => {
    const row = await known(db, params.id);
    if (!mayEnd(row, actor)) throw forbidden('other-department', '只能由本人或本部门联络员结束代办。');
    await db.transaction(async (trx) => {
      if (!(await endDelegation(trx, row.id, { actorId: actor.id, at: now() })))
        throw conflict('delegation-ended', '这项代办已经结束。');
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'delegation.end', subject: `delegation/${row.id}` },
        ...{ address, requestId },
      });
    });
    return (await viewer(db, actor, dayOf(now())))(await known(db, row.id));
  }),
];

const mayEnd = (row: DelegationRow, actor: Actor): boolean =>
  row.user_id === actor.id || keepsLeaves(actor, row.department);

async function known(db: Knex, id: number): Promise<DelegationRow> {
  const [row] = await listDelegations(db, { id });
  if (!row) throw notFound('delegation-not-found', `没有编号为 ${id} 的代办。`);
  return row;
}

function assertDays({ from, until }: { from: string; until: string }, today: string): void {
  const problem = (field: string, message: string) =>
    invalid('delegation-days', message, [{ field, message }]);
  if (until < from) throw problem('until', `结束日期 ${until} 早于开始日期 ${from}。`);
  if (until < today) throw problem('until', `结束日期 ${until} 已过（今天是 ${today}）。`);
  if (Date.parse(until) - Date.parse(from) > LONGEST_DAYS * 86_400_000)
    throw problem('until', `一次代办不超过 ${LONGEST_DAYS} 天：更久的请改派任务。`);
}

/** The department that both are of, and whose leaves who asks may see to, or their own. */
async function commonDepartment(
  trx: Knex,
  { person, delegate }: { person: number; delegate: number },
  actor: Actor,
): Promise<{ department: string; names: { person: string; delegate: string } }> {
  if (person === delegate)
    throw invalid('delegation-self', '不能由本人代办：请选择同部门的其他人。', [
      { field: 'delegate', message: '请选择其他人' },
    ]);
  const own = await listColleagues(trx, departmentsOf(actor));
  const common = departmentsOf(actor).find(
    (department) =>
      [person, delegate].every((id) => own.some((one) => one.id === id && one.department === department)) &&
      (person === actor.id || keepsLeaves(actor, department)),
  );
  if (common === undefined)
    throw invalid(
      'delegation-department',
      '代办人应与请假人同部门；为他人登记的，应为该部门的联络员；管理员不参与代办。',
      [{ field: 'delegate', message: '应为同部门人员' }],
    );
  const nameOf = (id: number) => own.find((one) => one.id === id)?.name ?? '';
  return { department: common, names: { person: nameOf(person), delegate: nameOf(delegate) } };
}

async function assertFree(
  trx: Knex,
  { person, delegate, from, until }: { person: number; delegate: number; from: string; until: string },
  names: { person: string; delegate: string },
): Promise<void> {
  const rows = await findOverlapping(trx, { people: [person, delegate], from, until });
  const days = (row: DelegationRow) => `${row.from_day} 至 ${row.until_day}`;
  const own = rows.find((row) => row.user_id === person);
  if (own) throw conflict('delegation-overlaps', `${names.person}在 ${days(own)} 已由${own.delegate}代办。`);
  const away = rows.find((row) => row.user_id === delegate);
  if (away)
    throw conflict('delegate-away', `${names.delegate}在 ${days(away)} 也请假，不能代办：请另选一人。`);
  const busy = rows.find((row) => row.delegate_id === person);
  if (busy)
    throw conflict(
      'delegation-chain',
      `${names.person}在 ${days(busy)} 正为${busy.person}代办：请先为${busy.person}另定代办人。`,
    );
}

async function viewer(db: Knex, actor: Actor, today: string) {
  const nameOf = await departmentNamer(db);
  return async (row: DelegationRow) => {
    const isOver = row.ended_at !== null || row.until_day < today;
    return {
      id: row.id,
      person: { id: row.user_id, name: row.person },
      delegate: { id: row.delegate_id, name: row.delegate },
      department: nameOf(row.department),
      from: row.from_day,
      until: row.until_day,
      reason: row.reason,
      createdBy: row.created_by,
      createdAt: row.created_at.toISOString(),
      state:
        row.ended_at !== null
          ? ('ended' as const)
          : isOver
            ? ('over' as const)
            : row.from_day > today
              ? ('coming' as const)
              : ('in-force' as const),
      endedBy: row.ended_by,
      endedAt: row.ended_at?.toISOString() ?? null,
      mayEnd: !isOver && mayEnd(row, actor),
      beyond: isOver ? null : await countBeyond(db, { userId: row.user_id, delegateId: row.delegate_id }),
    };
  };
}
