/** What a person has to do after signing in before anything else. */
import type { SessionState } from '../../db/sessions';
import { DomainError } from '../../domain/errors';
import type { Actor, Role } from '../../domain/roles';
import { passwordExpiry } from '../../domain/sign-in/password-policy';
import type { SignInSettings } from '../context';

export type Owed = 'password' | 'second-factor';

/** null: nothing. */
export function owedBy(
  session: SessionState,
  actor: Pick<Actor, 'grants'>,
  { passwords, secondFactor }: SignInSettings,
  now: Date,
): Owed | null {
  if (session.way === 'demo') return null;
  const expiry = passwordExpiry(session.passwordChangedAt, passwords);
  if (session.way === 'password' && (session.mustChangePassword || (expiry !== null && expiry <= now)))
    return 'password';
  return !session.hasSecondFactor && needsSecondFactor(actor, secondFactor.roles) ? 'second-factor' : null;
}

/** By the site's policy; the roles of whom one stands in for count as one's own. */
export const needsSecondFactor = ({ grants }: Pick<Actor, 'grants'>, roles: readonly Role[]): boolean =>
  grants.some(({ role }) => roles.includes(role));

const SAID: Record<Owed, [type: string, message: string]> = {
  password: ['password-change-needed', '请先修改密码：它由别人设定，或已到期。'],
  'second-factor': ['second-factor-needed', '您的角色须启用二次验证，请先在“账号与安全”中设置。'],
};

export const tellOwed = (owed: Owed): DomainError => new DomainError('forbidden', ...SAID[owed]);
