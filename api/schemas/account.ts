import { z } from 'zod';
import { PASSWORD_STANDARDS } from '../../domain/sign-in/password-policy';
import { instant } from './common';

export const account = z
  .object({
    username: z.string(),
    name: z.string(),
    password: z.object({
      changedAt: instant,
      expiresAt: instant.nullable(),
      standard: z.enum(PASSWORD_STANDARDS),
      minLength: z.int(),
      maxAgeDays: z.int().nullable(),
    }),
  })
  .meta({ id: 'Account' });

export const passwordChange = z.object({
  current: z.string().min(1, '请填写现在的密码').max(256),
  password: z.string().min(1, '请填写新密码').max(256),
});

export const ownSession = z
  .object({
    id: z.uuid(),
    isCurrent: z.boolean(),
    way: z.enum(['password', 'provider', 'demo']),
    address: z.string().nullable(),
    browser: z.string().nullable().meta({ description: 'as it names itself (User-Agent)' }),
    createdAt: instant,
    lastUsedAt: instant.meta({ description: 'to the minute' }),
    expiresAt: instant,
  })
  .meta({ id: 'OwnSession' });
