import { randomBytes } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import type { z } from 'zod';
import { issuePassword, listAccounts, setDisabled } from '../../db/accounts';
import { endRole } from '../../db/role-requests';
import { endAllSessions } from '../../db/sessions';
import { insertUser } from '../../db/users';
import { conflict, notFound } from '../../domain/errors';
import { apart } from '../../domain/permissions/role-requests';
import { ROLE_NAMES, type Actor } from '../../domain/roles';
import { usersContract as contract } from '../contract/users';
import { decodeCursor, pageOf } from '../cursor';
import { implement } from '../implement';
import type { userFilter } from '../schemas/users';
import { makePassword } from '../sign-in/make-password';
import { accountDetail, accountOf, keptAreas, namesOf } from '../users/account-of';
import { askForRole } from '../users/ask-for-role';
import { auditAccount, keptAccount, tellOfAccount } from '../users/keep-account';

const isName = (value: unknown): value is string => typeof value === 'string';

export const userRoutes = [
  implement(contract.listUsers, async ({ query, actor }, { db, now }) => {
    const { cursor, limit, ...filter } = query;
    const after = decodeCursor(cursor, isName);
    const rows = await listAccounts(db, {
      ...{ ...accountFilterOf(filter, actor), now: now(), limit: limit + 1 },
      ...(after === undefined ? {} : { after }),
    });
    const page = pageOf(rows, limit, (row) => row.username);
    const names = await namesOf(db);
    return { ...page, rows: page.rows.map((row) => accountOf(row, names)) };
  }),

  implement(contract.readUser, async (request, { db, now }) => {
    const detail = await accountDetail(db, request.params.id, request.actor, now());
    await auditAccount(db, request, 'user.read', detail, {});
    return detail;
  }),

  implement(contract.createUser, async (request, context) => {
    const { body, actor } = request;
    const { username, name, email, roles, reason } = body;
    // Nobody knows it: the one who opens accounts is not the one who lets people in.
    const passwordHash = await hash(randomBytes(32).toString('base64'));
    const id = await context.db.transaction(async (trx) => {
      const problem = apart(roles);
      if (problem) throw problem;
      const made = await insertUser(trx, {
        ...{ username, name, email, passwordHash, mustChangePassword: true, grants: [] },
      });
      await auditAccount(trx, request, 'user.create', body, { after: { name, email } });
      const target = { id: made, username, name, grants: [], isDisabled: false };
      for (const wanted of roles) await askForRole(trx, request, context, target, { ...wanted, reason });
      return made;
    });
    return accountDetail(context.db, id, actor, context.now());
  }),

  implement(contract.disableUser, async (request, { db, now }) => {
    const { params, body, actor } = request;
    await db.transaction(async (trx) => {
      const at = now();
      const row = await keptAccount(trx, params.id, actor, at, ['admin', 'security_admin']);
      if (row.disabled_at !== null) throw conflict('user-disabled', '账号已经停用。');
      await setDisabled(trx, row.id, at);
      await auditAccount(trx, request, 'user.disable', row, {
        after: { reason: body.reason, sessionsEnded: row.sessions },
      });
    });
    return accountDetail(db, params.id, actor, now());
  }),

  implement(contract.enableUser, async (request, context) => {
    const { params, body, actor } = request;
    await context.db.transaction(async (trx) => {
      const row = await keptAccount(trx, params.id, actor, context.now(), ['admin']);
      if (row.disabled_at === null) throw conflict('user-enabled', '账号没有停用。');
      await setDisabled(trx, row.id, null);
      await auditAccount(trx, request, 'user.enable', row, {
        before: { roles: row.grants.map(({ role, department, region }) => ({ role, department, region })) },
        after: { reason: body.reason },
      });
      // One person alone would give all of it back.
      for (const held of row.grants) await endRole(trx, row.id, held);
      const target = { ...row, grants: [], isDisabled: false };
      for (const { role, department, region } of row.grants)
        await askForRole(trx, request, context, target, { role, department, region, reason: body.reason });
    });
    return accountDetail(context.db, params.id, actor, context.now());
  }),

  implement(contract.issuePassword, async (request, context) => {
    const { params, body, actor } = request;
    const password = makePassword();
    const passwordHash = await hash(password);
    return context.db.transaction(async (trx) => {
      const at = context.now();
      const row = await keptAccount(trx, params.id, actor, at, ['security_admin']);
      if (row.disabled_at !== null) throw conflict('user-disabled', '账号已停用：请先恢复。');
      await issuePassword(trx, row.id, passwordHash, at);
      await auditAccount(trx, request, 'user.password', row, {
        after: { reason: body.reason, sessionsEnded: row.sessions },
      });
      await tellOfAccount(trx, request, context, {
        key: `user/${row.id}/password/${at.toISOString()}`,
        recipients: [row.id],
        what: `安全管理员${actor.name}为您签发了新密码，原密码已失效。不是您本人要求的，请立即与其联系`,
      });
      return { username: row.username, password };
    });
  }),

  implement(contract.endUserSessions, async (request, { db, now }) => {
    const { params, body, actor } = request;
    await db.transaction(async (trx) => {
      const row = await keptAccount(trx, params.id, actor, now(), ['security_admin']);
      const ended = await endAllSessions(trx, row.id);
      await auditAccount(trx, request, 'user.end-sessions', row, { after: { reason: body.reason, ended } });
    });
    return accountDetail(db, params.id, actor, now());
  }),

  implement(contract.requestRole, async (request, context) => {
    const { params, body, actor } = request;
    return context.db.transaction(async (trx) => {
      const row = await keptAccount(trx, params.id, actor, context.now(), ['admin']);
      return askForRole(trx, request, context, { ...row, isDisabled: row.disabled_at !== null }, body);
    });
  }),

  implement(contract.endRole, async (request, context) => {
    const { params, body, actor } = request;
    const { reason, ...grant } = body;
    await context.db.transaction(async (trx) => {
      const at = context.now();
      const row = await keptAccount(trx, params.id, actor, at, ['admin', 'security_admin']);
      if (!(await endRole(trx, row.id, grant))) throw notFound('role-not-held', '该用户没有这个角色。');
      await auditAccount(trx, request, 'role.end', row, { before: grant, after: { reason } });
      await tellOfAccount(trx, request, context, {
        key: `user/${row.id}/role-end/${at.toISOString()}`,
        recipients: [row.id],
        what: `您的角色“${ROLE_NAMES[grant.role]}”已收回：${reason}`,
      });
    });
    return accountDetail(context.db, params.id, actor, context.now());
  }),
];

/** What of the accounts somebody asks for, among those that they keep or guard. */
export const accountFilterOf = (
  { search, role, department, state }: z.output<typeof userFilter>,
  actor: Actor,
) => ({
  areas: keptAreas(actor),
  ...(search === undefined || search === '' ? {} : { search }),
  ...(role === undefined ? {} : { role }),
  ...(department === undefined ? {} : { department }),
  ...(state === undefined ? {} : { isDisabled: state === 'disabled' }),
});
