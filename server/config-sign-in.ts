/** Settings of signing in: how long a session lasts, what passwords must be (docs/security/sign-in.md). */
import { z } from 'zod';
import type { SignInSettings } from '../api/context';
import { ROLES } from '../domain/roles';
import { PASSWORD_STANDARDS } from '../domain/sign-in/password-policy';
import type { ConfigProblem } from './config';
import { url, whole } from './config-values';
import { staysHere } from './require-tls';

/** What GB/T 22239 leaves open and assessors ask for. */
const GBT22239_MAX_AGE_DAYS = 90;

/** With commas between them. */
const words = z.string().transform((text) =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== ''),
);

export const signInVariables = {
  SESSION_IDLE_MINUTES: whole(5, 1440).default(120),
  PASSWORD_STANDARD: z
    .enum(PASSWORD_STANDARDS, { error: '应为 asvs 或 gbt22239 / must be asvs or gbt22239' })
    .default('asvs'),
  PASSWORD_MIN_LENGTH: whole(8, 64).default(8),
  PASSWORD_MAX_AGE_DAYS: whole(1, 3650).optional(),
  SIGN_IN_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=(,[A-Za-z0-9+/]{43}=)*$/, {
      error:
        '应为 openssl rand -base64 32 的输出，更换时新的在前、逗号分开 / must be the output of openssl rand -base64 32',
    })
    .optional(),
  SECOND_FACTOR_ROLES: words
    .default([])
    .pipe(z.array(z.enum(ROLES, { error: `应为其中几种 / must be some of: ${ROLES.join(',')}` }))),
  OIDC_ISSUER: url(['https:', 'http:'], 'https://login.example.gov.cn')
    .refine((text) => text.startsWith('https:') || staysHere(text), {
      error: '应为 https 地址（本机除外） / must be an https URL, but for one on this machine',
    })
    .optional(),
  OIDC_CLIENT_ID: z.string().max(300).optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_LABEL: z.string().max(40).default('统一身份认证'),
  OIDC_USERNAME_CLAIM: z
    .string()
    .refine((name) => name !== 'email', {
      error:
        '邮箱可由本人更改，不能用来认人 / people can change their mail address: it does not say who they are',
    })
    .optional(),
  OIDC_TWO_FACTORS: words.default([]),
};

/** The provider's two settings belong together. */
export function signInProblems(e: z.infer<z.ZodObject<typeof signInVariables>>): ConfigProblem[] {
  if (!e.OIDC_ISSUER === !e.OIDC_CLIENT_ID) return [];
  return [
    {
      variable: e.OIDC_ISSUER ? 'OIDC_CLIENT_ID' : 'OIDC_ISSUER',
      message:
        '统一身份认证需要同时给出发行者地址与客户端标识 / an identity provider needs both its issuer and the client id',
    },
  ];
}

export function signInOf(e: z.infer<z.ZodObject<typeof signInVariables>>): SignInSettings {
  const byStandard = e.PASSWORD_STANDARD === 'gbt22239' ? GBT22239_MAX_AGE_DAYS : null;
  return {
    idleMinutes: e.SESSION_IDLE_MINUTES,
    passwords: {
      standard: e.PASSWORD_STANDARD,
      minLength: e.PASSWORD_MIN_LENGTH,
      maxAgeDays: e.PASSWORD_MAX_AGE_DAYS ?? byStandard,
    },
    secondFactor: {
      keys: e.SIGN_IN_KEY?.split(',').map((key) => Buffer.from(key, 'base64')) ?? [],
      roles: e.SECOND_FACTOR_ROLES,
    },
    provider:
      e.OIDC_ISSUER && e.OIDC_CLIENT_ID
        ? {
            issuer: e.OIDC_ISSUER,
            clientId: e.OIDC_CLIENT_ID,
            clientSecret: e.OIDC_CLIENT_SECRET ?? null,
            label: e.OIDC_LABEL,
            usernameClaim: e.OIDC_USERNAME_CLAIM ?? null,
            twoFactors: e.OIDC_TWO_FACTORS,
          }
        : null,
  };
}

/** The environment that makes a child process read the same. */
export const signInEnvironment = ({
  idleMinutes,
  passwords,
  secondFactor,
  provider,
}: SignInSettings): Record<string, string> => ({
  SESSION_IDLE_MINUTES: String(idleMinutes),
  PASSWORD_STANDARD: passwords.standard,
  PASSWORD_MIN_LENGTH: String(passwords.minLength),
  PASSWORD_MAX_AGE_DAYS: String(passwords.maxAgeDays ?? ''),
  SIGN_IN_KEY: secondFactor.keys.map((key) => key.toString('base64')).join(','),
  SECOND_FACTOR_ROLES: secondFactor.roles.join(','),
  OIDC_ISSUER: provider?.issuer ?? '',
  OIDC_CLIENT_ID: provider?.clientId ?? '',
  OIDC_CLIENT_SECRET: provider?.clientSecret ?? '',
  OIDC_LABEL: provider?.label ?? '',
  OIDC_USERNAME_CLAIM: provider?.usernameClaim ?? '',
  OIDC_TWO_FACTORS: provider?.twoFactors.join(',') ?? '',
});
