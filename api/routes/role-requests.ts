import type { Knex } from 'knex';
import { beyondSight } from '../../db/acting';
import { lockAccount } from '../../db/accounts';
import {
  closeRoleRequest,
  grantRole,
  listRoleRequests,
  lockRoleRequest,
  type RoleRequestRow,
} from '../../db/role-requests';
import { conflict, forbidden, invalidField, notFound } from '../../domain/errors';
import { apart, decisionRefusal, requestState } from '../../domain/permissions/role-requests';
import { ROLE_NAMES, type Actor } from '../../domain/roles';
import { usersContract as contract } from '../contract/users';
import { decodeCursor, isId, pageOf } from '../cursor';
import { implement } from '../implement';
import { keptAreas, namesOf, requestOf } from '../users/account-of';
import { auditAccount, tellOfAccount } from '../users/keep-account';

export const roleRequestRoutes = [
  implement(contract.listRoleRequests, async ({ query, actor }, { db, now }) => {
    const beforeId = decodeCursor(query.cursor, isId);
    const rows = await listRoleRequests(db, {
      ...{ isOpen: query.state === 'open', areas: keptAreas(actor), now: now(), limit: query.limit + 1 },
      ...(beforeId === undefined ? {} : { beforeId }),
    });
    const page = pageOf(rows, query.limit, (row) => row.id);
    const names = await namesOf(db);
    return { ...page, rows: page.rows.map((row) => requestOf(row, names, actor, now())) };
  }),

  implement(contract.decideRoleRequest, async (request, context) => {
    const { params, body, actor } = request;
    const { confirms, note } = body;
    if (!confirms && note === '') throw invalidField('reason-needed', 'note', '退回请写明理由。');
    await context.db.transaction(async (trx) => {
      const at = context.now();
      const row = await held(trx, params.id, at);
      const refusal = decisionRefusal(actor, row, at);
      if (refusal) throw refusal;
      const status = confirms ? 'confirmed' : 'returned';
      await closeRoleRequest(trx, row.id, { status, actorId: actor.id, at, note });
      if (confirms) await grant(trx, row, at);
      await auditAccount(trx, request, confirms ? 'role.confirm' : 'role.return', row, {
        after: { request: row.id, role: row.role, department: row.department, region: row.region, note },
      });
      await tellOfAccount(trx, request, context, {
        key: `role-request/${row.id}/${status}`,
        recipients: confirms ? [row.requested_by, row.user_id] : [row.requested_by],
        what: confirms
          ? `${row.name}的角色“${ROLE_NAMES[row.role]}”已由${actor.name}核准`
          : `给${row.name}的角色“${ROLE_NAMES[row.role]}”被${actor.name}退回：${note}`,
      });
    });
    return view(context.db, params.id, actor, context.now());
  }),

  implement(contract.withdrawRoleRequest, async (request, { db, now }) => {
    const { params, actor } = request;
    await db.transaction(async (trx) => {
      const at = now();
      const row = await held(trx, params.id, at);
      if (row.requested_by !== actor.id) throw forbidden('not-your-request', '只能撤回自己提出的申请。');
      if (requestState(row, at) !== 'pending') throw conflict('request-decided', '这项申请已经处理或失效。');
      await closeRoleRequest(trx, row.id, { status: 'withdrawn', actorId: actor.id, at, note: '' });
      await auditAccount(trx, request, 'role.withdraw', row, { after: { request: row.id, role: row.role } });
    });
    return view(db, params.id, actor, now());
  }),
];

async function held(trx: Knex, id: number, at: Date): Promise<RoleRequestRow> {
  const row = await lockRoleRequest(trx, id, at);
  if (!row) throw notFound('request-not-found', `没有编号为 ${id} 的角色申请。`);
  return row;
}

/** By the state of the person as it is now: since it was asked for they may have left, or got another role. */
async function grant(trx: Knex, row: RoleRequestRow, at: Date): Promise<void> {
  // They may have roles beyond the area of who decides on this one.
  const account = await beyondSight(trx, (all) => lockAccount(all, row.user_id, { areas: [''], now: at }));
  if (account?.disabled_at !== null)
    throw conflict('user-disabled', '账号已停用，不能核准：请退回这项申请。');
  const problem = apart([...account.grants, row]);
  if (problem) throw problem;
  await grantRole(trx, row, at);
}

async function view(db: Knex, id: number, actor: Actor, now: Date) {
  const [row] = await listRoleRequests(db, { id, now, limit: 1 });
  if (!row) throw notFound('request-not-found', `没有编号为 ${id} 的角色申请。`);
  return requestOf(row, await namesOf(db), actor, now);
}
