/** Accounts and what they may: who may call, and within which bounds. */
import { ACCOUNT_KEEPERS, ACCOUNT_READERS, SECURITY_KEEPERS } from './groups';
import { roles, type Permission } from './permission';

export const ACCOUNTS_PERMISSIONS = {
  listUsers: roles(ACCOUNT_READERS, 'accounts'),
  downloadUsers: roles(ACCOUNT_READERS, 'accounts'),
  readUser: roles(ACCOUNT_READERS, 'accounts'),
  createUser: roles(ACCOUNT_KEEPERS, 'accounts'),
  disableUser: roles(ACCOUNT_READERS, 'accounts'),
  enableUser: roles(ACCOUNT_KEEPERS, 'accounts'),
  issuePassword: roles(SECURITY_KEEPERS, 'accounts'),
  resetSecondFactor: roles(SECURITY_KEEPERS, 'accounts'),
  endUserSessions: roles(SECURITY_KEEPERS, 'accounts'),
  requestRole: roles(ACCOUNT_KEEPERS, 'asksRole'),
  endRole: roles(ACCOUNT_READERS, 'accounts'),
  listRoleRequests: roles(ACCOUNT_READERS, 'accounts'),
  decideRoleRequest: roles(SECURITY_KEEPERS, 'decidesRole'),
  withdrawRoleRequest: roles(ACCOUNT_KEEPERS, 'withdrawsRole'),
} satisfies Record<string, Permission>;
