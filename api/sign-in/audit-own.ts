import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import type { Actor } from '../../domain/roles';
import type { ApiRequest } from '../implement';

type Request = Pick<ApiRequest<unknown, unknown, unknown>, 'address' | 'requestId'> & {
  actor: Pick<Actor, 'id' | 'username'>;
};

/** What somebody does with their own account. */
export const auditOwn = (
  trx: Knex,
  { actor, address, requestId }: Request,
  action: string,
  after?: object,
): Promise<void> =>
  appendAudit(trx, {
    actorId: actor.id,
    action,
    subject: `user/${actor.username}`,
    address,
    requestId,
    after,
  });
