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
    secondFactor: z.object({
      isPossible: z.boolean().meta({ description: 'whether the site has a key for it' }),
      isNeeded: z.boolean().meta({ description: 'by the policy for the person’s roles' }),
      since: instant.nullable(),
      recoveryCodes: z.int().meta({ description: 'how many are left' }),
    }),
    provider: z
      .object({
        label: z.string(),
        linkedSince: instant.nullable(),
        isOfSession: z.boolean().meta({ description: 'whether this session began at the provider' }),
      })
      .nullable()
      .meta({ description: 'the city’s identity provider; null: none is set' }),
  })
  .meta({ id: 'Account' });

export const passwordChange = z.object({
  current: z.string().min(1, '请填写现在的密码').max(256),
  password: z.string().min(1, '请填写新密码').max(256),
});

export const proof = z.union([
  z.object({ current: z.string().min(1, '请填写密码').max(256) }),
  z.object({ code: z.string().min(1, '请填写验证码').max(40) }),
]);

export const newSecondFactor = z.object({
  secret: z.string().meta({ description: 'Base32, to type where no code can be scanned' }),
  uri: z.string().meta({ description: 'otpauth://, as the QR code says it' }),
});

export const recoveryCodes = z.object({
  codes: z.array(z.string()).meta({ description: 'only in this answer: they are kept as hashes' }),
});

export const signInWays = z.object({
  provider: z.object({ label: z.string() }).nullable(),
});

export const providerBegun = z.object({
  url: z.url().meta({ description: 'where the browser goes; the answer comes to /login/provider' }),
});

export const providerAnswered = z.object({
  to: z.string().meta({ description: 'a path of this site' }),
});

export const signedOut = z.object({
  providerUrl: z
    .url()
    .nullable()
    .meta({ description: 'where the browser ends the sign-in at the identity provider, too; null: nowhere' }),
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

export const browserKey = z.object({
  key: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({
      description: 'AES-256, in hexadecimal; what the browser keeps for this person is encrypted with it',
    }),
});
