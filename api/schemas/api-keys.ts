import { z } from 'zod';
import { KEY_SCOPE_NAMES } from '../../domain/permissions/key-scopes';
import { LONGEST_DAYS, LONGEST_OVERLAP_HOURS } from '../../domain/sign-in/machine-keys';
import { instant } from './common';
import { grant } from './organisation';

const scopes = z.array(z.enum(KEY_SCOPE_NAMES)).min(1, '请至少选择一项用途').max(KEY_SCOPE_NAMES.length);

const name = z.string().trim().min(1, '请填写用途说明').max(60, '用途说明最多 60 个字');

export const apiKeyBody = z
  .object({
    service: z.string().max(60).meta({ description: 'username of a service user' }),
    name,
    scopes,
    days: z
      .int()
      .min(1, '至少 1 天')
      .max(LONGEST_DAYS, `最多 ${LONGEST_DAYS} 天`)
      .meta({ description: 'how long it is good' }),
  })
  .meta({
    id: 'ApiKeyBody',
    example: { service: 'province', name: '省平台每日报送', scopes: ['registries:import'], days: 90 },
  });

export const apiKeyRotation = z
  .object({
    overlapHours: z
      .int()
      .min(0, '不能为负')
      .max(LONGEST_OVERLAP_HOURS, `最多 ${LONGEST_OVERLAP_HOURS} 小时`)
      .meta({ description: 'how long the old key goes on beside the new one' }),
  })
  .meta({ id: 'ApiKeyRotation', example: { overlapHours: 24 } });

export const apiKey = z
  .object({
    id: z.uuid(),
    service: z.object({ username: z.string(), name: z.string() }),
    name: z.string(),
    prefix: z
      .string()
      .meta({ description: 'what the key begins with; the rest is not kept', example: 'ov_3fKq9xZa' }),
    scopes: z.array(z.enum(KEY_SCOPE_NAMES)),
    replaces: z.uuid().nullable().meta({ description: 'the key that it took the place of' }),
    isReplaced: z.boolean().meta({ description: 'whether another one took its place' }),
    creator: z.string(),
    createdAt: instant,
    expiresAt: instant,
    revokedAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
    lastUsedAddress: z.string().nullable(),
    state: z.enum(['active', 'expired', 'revoked']),
  })
  .meta({ id: 'ApiKey' });

export const newApiKey = apiKey
  .extend({
    key: z.string().meta({ description: 'shown this once; goes into the header `Authorization: Bearer`' }),
  })
  .meta({ id: 'NewApiKey' });

const serviceUser = z
  .object({ username: z.string(), name: z.string(), grants: z.array(grant) })
  .meta({ id: 'ServiceUser' });

const keyScope = z
  .object({
    scope: z.enum(KEY_SCOPE_NAMES),
    zh: z.string(),
    en: z.string(),
    endpoints: z.array(z.string()).meta({ description: 'operationIds' }),
  })
  .meta({ id: 'ApiKeyScope' });

export const apiKeys = z.object({
  rows: z.array(apiKey),
  services: z.array(serviceUser).meta({ description: 'for whom keys can be made' }),
  scopes: z.array(keyScope).meta({ description: 'what keys can be good for' }),
});
