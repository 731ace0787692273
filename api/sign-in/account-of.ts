import { linkedSince } from '../../db/provider-identities';
import { countRecoveryCodes, readSecondFactor } from '../../db/second-factors';
import type { SessionState } from '../../db/sessions';
import type { Actor } from '../../domain/roles';
import { passwordExpiry } from '../../domain/sign-in/password-policy';
import type { ApiContext } from '../context';
import { needsSecondFactor } from './owed';

/** What people see of their own accounts. */
export async function accountOf(actor: Actor, session: SessionState, { db, settings }: ApiContext) {
  const { passwords, secondFactor, provider } = settings.signIn;
  const factor = await readSecondFactor(db, actor.id);
  return {
    username: actor.username,
    name: actor.name,
    password: {
      changedAt: session.passwordChangedAt.toISOString(),
      expiresAt: passwordExpiry(session.passwordChangedAt, passwords)?.toISOString() ?? null,
      ...passwords,
    },
    secondFactor: {
      isPossible: secondFactor.keys.length > 0,
      isNeeded: needsSecondFactor(actor, secondFactor.roles),
      since: factor?.confirmed_at?.toISOString() ?? null,
      recoveryCodes: await countRecoveryCodes(db, actor.id),
    },
    provider: provider && {
      label: provider.label,
      linkedSince: (await linkedSince(db, actor.id, provider.issuer))?.toISOString() ?? null,
      isOfSession: session.way === 'provider',
    },
  };
}
