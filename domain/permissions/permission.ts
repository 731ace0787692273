/** What the table of permissions is made of: who may call an endpoint, and within which bounds. */
import type { Role } from '../roles';
import type { Scope } from './scopes';

/** Anybody, anybody who is signed in, or a holder of one of the roles. */
export type Who = 'public' | 'signed-in' | readonly Role[];

export interface Permission {
  who: Who;
  scope: Scope;
}

export const anybody = (scope: Scope): Permission => ({ who: 'public', scope });
export const signedIn = (scope: Scope): Permission => ({ who: 'signed-in', scope });
export const roles = (who: readonly Role[], scope: Scope): Permission => ({ who, scope });
