/** Settings of signing in: how long a session lasts, what passwords must be (docs/security/sign-in.md). */
import { z } from 'zod';
import type { SignInSettings } from '../api/context';
import { ROLES } from '../domain/roles';
import { PASSWORD_STANDARDS } from '../domain/sign-in/password-policy';
import { whole } from './config-values';

/** What GB/T 22239 leaves open and assessors ask for. */
const GBT22239_MAX_AGE_DAYS = 90;

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
  SECOND_FACTOR_ROLES: z
    .string()
    .default('')
    .transform((text) => (text === '' ? [] : text.split(',').map((one) => one.trim())))
    .pipe(z.array(z.enum(ROLES, { error: `应为其中几种 / must be some of: ${ROLES.join(',')}` }))),
};

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
  };
}

/** The environment that makes a child process read the same. */
export const signInEnvironment = ({
  idleMinutes,
  passwords,
  secondFactor,
}: SignInSettings): Record<string, string> => ({
  SESSION_IDLE_MINUTES: String(idleMinutes),
  PASSWORD_STANDARD: passwords.standard,
  PASSWORD_MIN_LENGTH: String(passwords.minLength),
  PASSWORD_MAX_AGE_DAYS: String(passwords.maxAgeDays ?? ''),
  SIGN_IN_KEY: secondFactor.keys.map((key) => key.toString('base64')).join(','),
  SECOND_FACTOR_ROLES: secondFactor.roles.join(','),
});
