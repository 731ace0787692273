/** What a person has to do after signing in before anything else. */
import type { SessionState } from '../../db/sessions';
import { DomainError } from '../../domain/errors';
import { passwordExpiry } from '../../domain/sign-in/password-policy';
import type { SignInSettings } from '../context';

export type Owed = 'password';

/** null: nothing. */
export function owedBy(session: SessionState, { passwords }: SignInSettings, now: Date): Owed | null {
  if (session.way !== 'password') return null;
  const expiry = passwordExpiry(session.passwordChangedAt, passwords);
  return session.mustChangePassword || (expiry !== null && expiry <= now) ? 'password' : null;
}

const SAID: Record<Owed, [type: string, message: string]> = {
  password: ['password-change-needed', '请先修改密码：它由别人设定，或已到期。'],
};

export const tellOwed = (owed: Owed): DomainError => new DomainError('forbidden', ...SAID[owed]);
