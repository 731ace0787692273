/** What administrators do with somebody's account: found, held, allowed, done, on record, told. */
import type { Knex } from 'knex';
import { lockAccount, type AccountRow } from '../../db/accounts';
import { appendAudit } from '../../db/audit';
import { tellAtOnce } from '../../db/notices';
import { forbidden } from '../../domain/errors';
import { keepsAccount } from '../../domain/permissions/role-requests';
import type { Actor, Role } from '../../domain/roles';
import type { ApiContext } from '../context';
import type { ApiRequest } from '../implement';
import { keptAreas, noAccount } from './account-of';

type Request = Pick<ApiRequest<unknown, unknown, unknown>, 'actor' | 'address' | 'requestId' | 'afterwards'>;

/** The person, held; refused where the actor has no say over all that the person may, or is that person. */
export async function keptAccount(
  trx: Knex,
  id: number,
  actor: Actor,
  now: Date,
  roles: readonly Role[],
): Promise<AccountRow> {
  const row = await lockAccount(trx, id, { areas: keptAreas(actor), now });
  if (!row) throw noAccount(id);
  if (id === actor.id) throw forbidden('own-account', '不能对自己的账号这样做，请由另一名管理员办理。');
  if (!keepsAccount(actor, row.grants, ...roles) || !row.isHeld)
    throw forbidden('other-region', '该用户的权限超出您负责的地区，请由上级管理员办理。');
  return row;
}

export const auditAccount = (
  trx: Knex,
  { actor, address, requestId }: Request,
  action: string,
  account: { username: string },
  change: { before?: object; after?: object },
): Promise<void> =>
  appendAudit(trx, {
    ...{ actorId: actor.id, action, subject: `user/${account.username}`, address, requestId },
    ...change,
  });

/** Tells people of accounts and roles, once what it is about is committed. */
export async function tellOfAccount(
  trx: Knex,
  request: Request,
  { campaigns, now }: ApiContext,
  { key, recipients, what }: { key: string; recipients: readonly number[]; what: string },
): Promise<void> {
  await tellAtOnce(trx, [
    {
      key,
      kind: 'account',
      campaignId: null,
      recipients: [...new Set(recipients)],
      params: { what },
      at: now(),
    },
  ]);
  request.afterwards(() => campaigns.wakeNotices());
}
