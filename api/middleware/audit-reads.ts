import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import { AUDITED } from '../contract/audited';
import type { Endpoint } from '../contract/endpoint';
import type { ApiRequest } from '../implement';

/** Who read what is on record before they get it, where the contract asks for it (api/contract/audited.ts). */
export async function auditRead(
  db: Knex,
  endpoint: Endpoint,
  { params, query, actor, address, requestId }: ApiRequest<unknown, unknown, unknown>,
): Promise<void> {
  const audited = AUDITED[endpoint.id];
  if (!audited || !('reads' in audited)) return;
  const given = Object.entries((query ?? {}) as Record<string, unknown>).filter(
    // Where a page begins tells nothing.
    ([name, value]) => value !== undefined && name !== 'cursor' && name !== 'limit',
  );
  const values = (params ?? {}) as Record<string, unknown>;
  const subject = audited.subject.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
  await appendAudit(db, {
    ...{ actorId: actor.id === 0 ? null : actor.id, action: audited.reads, subject, address, requestId },
    ...(given.length > 0 ? { after: { query: Object.fromEntries(given) } } : {}),
  });
}
