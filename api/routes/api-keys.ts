import type { Knex } from 'knex';
import {
  endKeyAt,
  insertKey,
  listKeys,
  listServiceUsers,
  lockKey,
  revokeKey,
  type KeyRow,
} from '../../db/api-keys';
import { appendAudit } from '../../db/audit';
import { conflict, invalidField, notFound } from '../../domain/errors';
import { KEY_SCOPE_NAMES, KEY_SCOPES } from '../../domain/permissions/key-scopes';
import { expiryAfter, keyState, rotated } from '../../domain/sign-in/machine-keys';
import { apiKeysContract as contract } from '../contract/api-keys';
import { implement, type ApiRequest } from '../implement';
import { newKey } from '../sign-in/machine-key';

export const apiKeyRoutes = [
  implement(contract.listApiKeys, async (_request, { db, now }) => ({
    rows: (await listKeys(db)).map((row) => keyOf(row, now())),
    services: (await listServiceUsers(db)).map(({ username, name, grants }) => ({ username, name, grants })),
    scopes: KEY_SCOPE_NAMES.map((scope) => ({
      scope,
      zh: KEY_SCOPES[scope].zh,
      en: KEY_SCOPES[scope].en,
      endpoints: [...KEY_SCOPES[scope].endpoints],
    })),
  })),

  implement(contract.createApiKey, async (request, { db, now }) => {
    const { actor, body } = request;
    const service = (await listServiceUsers(db)).find(({ username }) => username === body.service);
    if (!service) {
      throw invalidField(
        'no-service-user',
        'service',
        '没有这个服务账号：请先用 npm run user 新增，带 --service。',
      );
    }
    const { key, prefix, hash } = newKey();
    const at = now();
    const made = await db.transaction(async (trx) => {
      const id = await insertKey(trx, {
        userId: service.id,
        name: body.name,
        prefix,
        hash,
        scopes: [...new Set(body.scopes)],
        replaces: null,
        createdBy: actor.id,
        createdAt: at,
        expiresAt: expiryAfter(at, body.days),
      });
      const row = await known(trx, id);
      await audit(trx, request, 'api-key.create', row);
      return row;
    });
    return { ...keyOf(made, at), key };
  }),

  implement(contract.rotateApiKey, async (request, { db, now }) => {
    const { actor, body, params } = request;
    const { key, prefix, hash } = newKey();
    const at = now();
    const made = await db.transaction(async (trx) => {
      const old = await known(trx, params.id);
      if (keyState(old, at) !== 'active') {
        throw conflict('key-is-over', '这个密钥已停用或过期，不能更换：请新建密钥。');
      }
      if (old.isReplaced) {
        throw conflict('key-was-rotated', '这个密钥已经更换过：请更换接替它的密钥。');
      }
      const ends = rotated(old, at, body.overlapHours);
      await endKeyAt(trx, old.id, ends.old);
      const id = await insertKey(trx, {
        userId: old.userId,
        name: old.name,
        prefix,
        hash,
        scopes: old.scopes,
        replaces: old.id,
        createdBy: actor.id,
        createdAt: at,
        expiresAt: ends.new,
      });
      const row = await known(trx, id);
      await audit(trx, request, 'api-key.rotate', row, { replaces: old.prefix, oldExpiresAt: ends.old });
      return row;
    });
    return { ...keyOf(made, at), key };
  }),

  implement(contract.revokeApiKey, async (request, { db, now }) => {
    const at = now();
    const revoked = await db.transaction(async (trx) => {
      const row = await known(trx, request.params.id);
      if (row.revokedAt !== null) return row;
      await revokeKey(trx, row.id, request.actor.id, at);
      await audit(trx, request, 'api-key.revoke', row);
      return { ...row, revokedAt: at };
    });
    return keyOf(revoked, at);
  }),
];

async function known(trx: Knex, id: string): Promise<KeyRow> {
  const row = await lockKey(trx, id);
  if (!row) throw notFound('key-not-found', '没有这个密钥。');
  return row;
}

const audit = (
  trx: Knex,
  { actor, address, requestId }: ApiRequest<unknown, unknown, unknown>,
  action: string,
  row: KeyRow,
  more: object = {},
) =>
  appendAudit(trx, {
    actorId: actor.id,
    action,
    subject: `api-key/${row.prefix}`,
    address,
    requestId,
    after: { service: row.username, name: row.name, scopes: row.scopes, expiresAt: row.expiresAt, ...more },
  });

const keyOf = (row: KeyRow, now: Date) => ({
  id: row.id,
  service: { username: row.username, name: row.userName },
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes,
  replaces: row.replaces,
  isReplaced: row.isReplaced,
  creator: row.creator,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  revokedAt: row.revokedAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  lastUsedAddress: row.lastUsedAddress,
  state: keyState(row, now),
});
