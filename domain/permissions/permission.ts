/** What the table of permissions is made of: who may call an endpoint, and within which bounds. */
import type { Role } from '../roles';
import { OFFICIALS, POSTS } from './groups';
import type { Scope } from './scopes';

/** Anybody, anybody who is signed in, or a holder of one of the roles. */
export type Who = 'public' | 'signed-in' | readonly Role[];

export interface Permission {
  who: Who;
  scope: Scope;
}

export const anybody = (scope: Scope): Permission => ({ who: 'public', scope });
export const signedIn = (scope: Scope): Permission => ({ who: 'signed-in', scope });
/** Everybody who works with the city's records; the scope says on which. */
export const official = (scope: Scope): Permission => ({ who: OFFICIALS, scope });
/** The same without who runs the system. */
export const inPost = (scope: Scope): Permission => ({ who: POSTS, scope });
export const roles = (who: readonly Role[], scope: Scope): Permission => ({ who, scope });
