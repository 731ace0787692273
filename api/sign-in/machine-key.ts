/** The key of a machine, in the header `Authorization: Bearer`. */
import { randomBytes } from 'node:crypto';
import type { Request } from 'express';
import type { Knex } from 'knex';
import { readKey, type KeyCaller } from '../../db/api-keys';
import { forbidden } from '../../domain/errors';
import { KEY_SCOPES, keyScopeOf } from '../../domain/permissions/key-scopes';
import { hashToken } from '../middleware/session-cookie';

/** By which scanners of code and logs know a key that went astray. */
const MARK = 'ov_';
const SHOWN = MARK.length + 8;

/** 256 bits; what is shown of it later are its first characters. */
export function newKey(): { key: string; prefix: string; hash: string } {
  const key = MARK + randomBytes(32).toString('base64url');
  return { key, prefix: key.slice(0, SHOWN), hash: hashToken(key) };
}

/** What a request brings in place of a cookie; null: nothing. Browsers never send it by themselves. */
export const bearerOf = (request: Pick<Request, 'get'>): string | null =>
  /^Bearer +(\S+) *$/i.exec(request.get('Authorization') ?? '')?.[1] ?? null;

/**
 * Who calls by the key; null: it is nobody's, or over. It is found by its hash: how long that takes tells nothing of a key
 * that is nearly right.
 */
export const findKey = (
  db: Knex,
  bearer: string,
  now: Date,
  address: string | null,
): Promise<KeyCaller | null> => readKey(db, hashToken(bearer), now, address);

export function assertInScope({ scopes }: KeyCaller, endpoint: string): void {
  const scope = keyScopeOf(endpoint);
  if (scope === null) throw forbidden('not-for-keys', '这项操作须由人登录后办理，接口密钥不能调用。');
  if (scopes.includes(scope)) return;
  throw forbidden('key-scope', `这个接口密钥没有“${KEY_SCOPES[scope].zh}”（${scope}）的用途。`);
}
