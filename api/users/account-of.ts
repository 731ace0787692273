/** Accounts and requests for roles as the API shows them. */
import type { Knex } from 'knex';
import { listAccounts, type AccountRow } from '../../db/accounts';
import { listRoleRequests, type RoleRequestRow } from '../../db/role-requests';
import { notFound } from '../../domain/errors';
import { decisionRefusal, keepsAccount, requestState } from '../../domain/permissions/role-requests';
import { ACCOUNT_READERS } from '../../domain/permissions/groups';
import { areaPrefixesOf, hasRole, type Actor } from '../../domain/roles';
import { departmentNamer } from '../department-namer';
import { regionNamer } from '../region-namer';

interface Ref {
  code: string;
  name: string;
}

export interface Names {
  department: (code: string) => Ref;
  region: (code: string) => Ref;
}

export async function namesOf(db: Knex): Promise<Names> {
  return { department: await departmentNamer(db), region: await regionNamer(db) };
}

/** What the region codes of those begin with whom the actor keeps or guards. */
export const keptAreas = (actor: Actor): string[] => areaPrefixesOf(actor, ...ACCOUNT_READERS);

export const accountOf = (row: AccountRow, names: Names) => ({
  ...{ id: row.id, username: row.username, name: row.name, isDisabled: row.disabled_at !== null },
  grants: row.grants.map(({ role, department, region, since }) => ({
    role,
    department: names.department(department),
    region: names.region(region),
    since: new Date(since).toISOString(),
  })),
  pending: row.pending,
});

export const requestOf = (row: RoleRequestRow, names: Names, actor: Actor, now: Date) => ({
  id: row.id,
  user: { id: row.user_id, username: row.username, name: row.name },
  role: row.role,
  department: names.department(row.department),
  region: names.region(row.region),
  reason: row.reason,
  requestedBy: row.requester,
  requestedAt: row.requested_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  state: requestState(row, now),
  decidedBy: row.decider,
  decidedAt: row.decided_at?.toISOString() ?? null,
  note: row.note,
  mayDecide: hasRole(actor, 'security_admin') && decisionRefusal(actor, row, now) === null,
  mayWithdraw: row.requested_by === actor.id && requestState(row, now) === 'pending',
});

export const noAccount = (id: number) =>
  notFound('user-not-found', `没有编号为 ${id} 的用户，或不归您管理。`);

/** One person with what the page has of them. */
export async function accountDetail(db: Knex, id: number, actor: Actor, now: Date) {
  const [row] = await listAccounts(db, { id, areas: keptAreas(actor), now, limit: 1 });
  if (!row) throw noAccount(id);
  const names = await namesOf(db);
  const requests = await listRoleRequests(db, { userId: id, now, limit: 50 });
  const isDisabled = row.disabled_at !== null;
  const keeps = id !== actor.id && keepsAccount(actor, row.grants, 'admin');
  const guards = id !== actor.id && keepsAccount(actor, row.grants, 'security_admin');
  return {
    ...accountOf(row, names),
    email: row.email,
    createdAt: row.created_at.toISOString(),
    disabledAt: row.disabled_at?.toISOString() ?? null,
    passwordChangedAt: row.password_changed_at.toISOString(),
    mustChangePassword: row.must_change_password,
    hasSecondFactor: row.second_factor,
    sessions: row.sessions,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    requests: requests.map((request) => requestOf(request, names, actor, now)),
    may: {
      request: !isDisabled && id !== actor.id && hasRole(actor, 'admin'),
      endRoles: keeps || guards,
      disable: !isDisabled && (keeps || guards),
      enable: isDisabled && keeps,
      issuePassword: !isDisabled && guards,
      endSessions: guards && row.sessions > 0,
      resetSecondFactor: guards && row.second_factor,
    },
  };
}
