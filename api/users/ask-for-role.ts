import type { Knex } from 'knex';
import { usersWith } from '../../db/recipients';
import { insertRoleRequest, listRoleRequests } from '../../db/role-requests';
import { assertKnownGrants } from '../../db/users';
import { conflict } from '../../domain/errors';
import { askRefusal } from '../../domain/permissions/role-requests';
import { ROLE_NAMES, type Grant } from '../../domain/roles';
import type { ApiContext } from '../context';
import type { ApiRequest } from '../implement';
import { namesOf, requestOf } from './account-of';
import { auditAccount, tellOfAccount } from './keep-account';

interface Target {
  id: number;
  username: string;
  name: string;
  grants: readonly Grant[];
  isDisabled: boolean;
}

/** Asks that somebody gets a role, and tells those who can confirm it. */
export async function askForRole(
  trx: Knex,
  request: Pick<ApiRequest<unknown, unknown, unknown>, 'actor' | 'address' | 'requestId' | 'afterwards'>,
  context: ApiContext,
  target: Target,
  { reason, ...wanted }: Grant & { reason: string },
) {
  const { actor } = request;
  const at = context.now();
  await assertKnownGrants(trx, [wanted]);
  const refusal = askRefusal(actor, target, wanted);
  if (refusal) throw refusal;
  const id = await insertRoleRequest(trx, { ...wanted, userId: target.id, reason, actorId: actor.id, at });
  if (id === null) throw conflict('role-requested', '已经申请过这个角色，正待核准，不用重复。');
  await auditAccount(trx, request, 'role.request', target, { after: { request: id, ...wanted, reason } });
  const names = await namesOf(trx);
  const keepers = await usersWith(trx, { role: 'security_admin', regions: [wanted.region] });
  const where = `${names.department(wanted.department).name}、${names.region(wanted.region).name}`;
  await tellOfAccount(trx, request, context, {
    key: `role-request/${id}`,
    recipients: keepers.filter((keeper) => keeper !== target.id),
    what: `${actor.name}申请给${target.name}角色“${ROLE_NAMES[wanted.role]}”（${where}）：${reason}。请核准或退回`,
  });
  const [row] = await listRoleRequests(trx, { id, now: at, limit: 1 });
  if (!row) throw new Error(`role request ${id} is gone`);
  return requestOf(row, names, actor, at);
}
