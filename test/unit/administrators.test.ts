import { AUDITED } from '../../api/contract/audited';
import { COMMANDS } from '../../domain/campaigns';
import { ADMINISTRATORS, togetherProblem } from '../../domain/permissions/administrators';
import { keepsLeaves } from '../../domain/permissions/records';
import { mayCommand, mayEnterResult } from '../../domain/permissions/rules';
import { mayEnter, PERMISSIONS, type EndpointName } from '../../domain/permissions/table';
import { ROLES, type Actor, type Role } from '../../domain/roles';

type Administrator = (typeof ADMINISTRATORS)[number];

const holder = (role: Role): Actor => ({
  id: 7,
  username: 'somebody',
  name: '某人',
  grants: [{ role, department: 'SCJG', region: '691100' }],
});

/** What each of them may change beside the own account. A further line here is a decision about who is trusted with what. */
const ORDERS: Record<Administrator, string[]> = {
  admin: [
    ...['createUser', 'disableUser', 'enableUser', 'requestRole', 'withdrawRoleRequest', 'endRole'],
    ...['saveRegion', 'removeRegion', 'saveRegionMove', 'removeRegionMove', 'saveTagRule'],
    ...['importFile', 'cancelImport', 'undoImport', 'retryRegions'],
    ...['createDeadlinePolicy', 'editDeadlinePolicy', 'decideDeadlinePolicy'],
    ...['resendMail', 'saveDeliveryTarget', 'resendDelivery'],
    ...['createApiKey', 'rotateApiKey', 'revokeApiKey'],
    ...['saveDocumentTemplate', 'resetDocumentTemplate'],
  ],
  security_admin: [
    'disableUser',
    'endRole',
    'decideRoleRequest',
    'issuePassword',
    'endUserSessions',
    'resetSecondFactor',
  ],
  audit_admin: [],
};

const endpoints = Object.keys(PERMISSIONS) as EndpointName[];

/** They only read, and write their own entries of the audit log. */
const READS: readonly string[] = ['readEvidence', 'readUser', 'revealPersonalData'];

/** Commands that not everybody who is signed in may give. */
function isOrder(id: EndpointName): boolean {
  const audited = AUDITED[id];
  const isGiven = audited !== undefined && 'writes' in audited && !READS.includes(id);
  return isGiven && Array.isArray(PERMISSIONS[id].who);
}

test.each(ADMINISTRATORS)(
  'what the %s may change is a short list, with no draw and no result on it',
  (role) => {
    const may = endpoints.filter((id) => isOrder(id) && mayEnter(holder(role), PERMISSIONS[id].who));
    expect(may.sort()).toEqual(ORDERS[role].sort());
  },
);

test.each([
  [
    'security_admin',
    [
      ...['decideRoleRequest', 'disableUser', 'downloadUsers', 'endRole', 'endUserSessions', 'issuePassword'],
      ...['listRoleRequests', 'listUsers', 'readUser', 'resetSecondFactor'],
    ],
  ],
  ['audit_admin', ['downloadAuditCsv', 'downloadAuditLines', 'listAuditEntries', 'readAuditState']],
] as const)('all that the %s may call beside the own account', (role, expected) => {
  const may = endpoints.filter((id) => {
    const { who } = PERMISSIONS[id];
    return typeof who !== 'string' && mayEnter(holder(role), who);
  });
  expect(may.sort()).toEqual([...expected]);
});

test.each(ADMINISTRATORS)('the %s commands no campaign, enters no result, sends nobody on leave', (role) => {
  const actor = holder(role);
  const campaign = {
    ...{ stage: 'submitted' as const, leadDepartment: 'SCJG', departments: ['SCJG'], regions: ['691100'] },
    ...{ submittedBy: null, approvingDepartments: ['SCJG'] },
  };
  expect(COMMANDS.filter((command) => mayCommand(actor, command, campaign))).toEqual([]);
  expect(mayEnterResult(actor, 'SCJG', null)).toBe(false);
  expect(keepsLeaves(actor, 'SCJG')).toBe(false);
});

test('an administrator is nothing else, and everybody else may hold several posts', () => {
  for (const administrator of ADMINISTRATORS) {
    expect(togetherProblem([administrator, administrator])).toBeNull();
    for (const other of ROLES.filter((role) => role !== administrator)) {
      expect(togetherProblem([other, administrator])).toMatch(/不能同时是/);
    }
  }
  expect(togetherProblem(['lead_officer', 'approver', 'liaison'])).toBeNull();
});
