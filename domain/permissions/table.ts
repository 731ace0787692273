/**
 * Who may call each endpoint of the API, and within which bounds: the one place that says so. The router asks it before
 * any handler runs; `docs/security/permissions.md` is written from it, and the matrix of test/matrix tries every
 * line.
 */
import { hasRole, type Actor } from '../roles';
import { ACCOUNTS_PERMISSIONS } from './accounts';
import { CAMPAIGNS_PERMISSIONS } from './campaigns';
import { OVERSIGHT_PERMISSIONS } from './oversight';
import type { Who } from './permission';
import { REGISTRIES_PERMISSIONS } from './registries';
import { VISITS_PERMISSIONS } from './visits';

export const PERMISSIONS = {
  ...ACCOUNTS_PERMISSIONS,
  ...REGISTRIES_PERMISSIONS,
  ...CAMPAIGNS_PERMISSIONS,
  ...VISITS_PERMISSIONS,
  ...OVERSIGHT_PERMISSIONS,
};

export type EndpointName = keyof typeof PERMISSIONS;

/** Whether the role opens the door; the scope's function decides on the record behind it. */
export const mayEnter = (actor: Actor, who: Who): boolean =>
  typeof who === 'string' || hasRole(actor, ...who);
