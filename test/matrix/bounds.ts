/** What the matrix expects of each scope: which roles it admits to a record though the department or region is foreign. */
import type { Scope } from '../../domain/permissions/scopes';
import { ROLES, type Role } from '../../domain/roles';

const ALL: readonly Role[] = ROLES;
const CITY: readonly Role[] = ['coordinator', 'supervisor'];

interface Bounds {
  /** Of roles that the table admits, those whose own people stand behind the record. */
  own: readonly Role[];
  department: readonly Role[];
  region: readonly Role[];
}

const free: Bounds = { own: ALL, department: ALL, region: ALL };
const closed = (own: readonly Role[] = ALL): Bounds => ({ own, department: [], region: [] });
const OVERVIEW: readonly Role[] = [
  ...(['lead_officer', 'coordinator', 'supervisor', 'approver', 'credit_officer', 'budget_officer'] as const),
];
const KEEPERS: readonly Role[] = ['coordinator', 'admin'];
const ADMINISTRATORS: readonly Role[] = ['admin', 'security_admin'];
const CASES: readonly Role[] = ['supervisor', 'coordinator', 'lead_officer', 'credit_officer', 'approver'];

export const BOUNDS: Record<Scope, Bounds> = {
  anyone: free,
  published: free,
  code: free,
  self: free,
  // Accounts and roles are kept by region, whatever the department.
  accounts: { own: ADMINISTRATORS, department: ADMINISTRATORS, region: [] },
  asksRole: { own: ADMINISTRATORS, department: ADMINISTRATORS, region: [] },
  decidesRole: { own: ADMINISTRATORS, department: ADMINISTRATORS, region: [] },
  // Nobody of the scene's people asked for the role.
  withdrawsRole: closed([]),
  office: free,
  city: free,
  // Each kind within the bounds of its own list: test/integration/api/search.test.ts.
  found: free,
  importKind: free,
  // Of whoever sent the file, which is nobody of these.
  ownImport: { own: KEEPERS, department: KEEPERS, region: KEEPERS },
  // These records have no region: a department keeps its own wherever its people sit.
  ownDepartment: { own: ['liaison', 'lead_officer'], department: [], region: ['liaison', 'lead_officer'] },
  inspectorsFile: { own: ALL, department: CITY, region: [...CITY, 'liaison', 'lead_officer'] },
  ownInspectors: { own: ALL, department: [], region: ['liaison'] },
  reveals: {
    own: [...CITY, 'liaison', 'lead_officer', 'inspector'],
    department: CITY,
    region: [...CITY, 'liaison', 'lead_officer'],
  },
  campaignInSight: { own: ALL, department: ALL, region: [] },
  leads: { own: ALL, department: ['coordinator'], region: [] },
  decidesCampaign: closed(),
  participates: closed(),
  publicValue: { own: ALL, department: CITY, region: [] },
  asksAmendment: { own: ALL, department: ['coordinator'], region: [] },
  efforts: {
    own: ALL,
    department: [...CITY, 'budget_officer', 'approver'],
    region: ['liaison', 'lead_officer'],
  },
  areas: { own: ALL, department: ALL, region: [] },
  commandsPlan: { own: ['approver'], department: [], region: [] },
  decidesPolicy: free,
  simulates: { own: ALL, department: ['coordinator', 'budget_officer'], region: [] },
  visitInSight: { own: [...OVERVIEW, 'liaison', 'inspector'], department: OVERVIEW, region: [] },
  entersResult: closed(),
  team: closed(),
  readsEvidence: { own: ALL, department: ['coordinator'], region: [] },
  asksCorrection: { own: ['inspector', 'liaison'], department: [], region: [] },
  headNotInvolved: closed(),
  answersInspection: closed(),
  // A department's tasks are seen, asked about and moved within the department.
  taskInSight: {
    own: [...CITY, 'lead_officer', 'approver', 'liaison', 'inspector', 'admin'],
    department: [...CITY, 'lead_officer', 'approver'],
    region: ['liaison', 'inspector', 'admin'],
  },
  completesTask: closed(),
  asksExtension: { own: ['liaison', 'inspector'], department: [], region: ['liaison'] },
  decidesExtension: {
    own: ['lead_officer', 'coordinator', 'approver'],
    department: ['coordinator'],
    region: [],
  },
  reassigns: { own: ['liaison', 'approver'], department: [], region: ['liaison', 'approver'] },
  leaves: { own: ['liaison', 'inspector'], department: [], region: ['liaison'] },
  orderInSight: {
    own: [...CITY, 'lead_officer', 'liaison', 'inspector', 'admin'],
    department: [...CITY, 'lead_officer'],
    region: ['liaison', 'inspector', 'admin'],
  },
  oversees: { own: ALL, department: ['supervisor'], region: [] },
  answersOrder: { own: ALL, department: [], region: ALL },
  statistics: { own: ALL, department: ALL, region: [] },
  writesBulletins: { own: ALL, department: ['supervisor'], region: [] },
  commandsBulletin: { own: ['approver'], department: [], region: [] },
  caseInSight: {
    own: ALL.filter((role) => role !== 'list_registrar' && role !== 'budget_officer'),
    department: CASES,
    region: [],
  },
  // Of a department's template: the city's administrator keeps the city's.
  templates: { own: ['liaison'], department: [], region: [] },
  // Of the step that is tried: the department reports that a violation was put right.
  handles: { own: ['liaison', 'inspector'], department: [], region: [] },
};

/** Counts and shares: at most the number of a campaign is in them, and that is public. */
export const FIGURES = new Set([
  ...['readBoard', 'readInspectorLoads', 'downloadBoardCsv', 'downloadBoardXlsx'],
  ...[
    'readMailCounts',
    'previewReminders',
    'downloadReminderPreview',
    'listPolicyCapped',
    'listCreditRecords',
    'downloadCreditRecords',
  ],
  ...[
    'downloadPolicyCapped',
    'downloadPolicyCappedWorkbook',
    'downloadTasksXlsx',
    'downloadUrgingOrdersXlsx',
  ],
  ...['downloadOverseenTasksXlsx', 'readCoverage', 'downloadCoverage', 'readChance', 'downloadChance'],
  ...['readInspectorCounts', 'downloadInspectorCounts', 'readGrooming', 'downloadGrooming'],
]);

/** Kinds of records that the scene lacks, or states that it is not in: other tests have them. */
export const ELSEWHERE = new Map<string, string>([
  ['launchPlanLine', 'test/integration/api/annual-plans.test.ts'],
  ['requestPublicationChange', 'test/integration/api/publication-changes.test.ts'],
  ['revisePublicationChange', 'test/integration/api/publication-changes.test.ts'],
  ['completeTask', 'test/integration/api/second-wall.test.ts'],
  ['reproduceBulletin', 'test/workflow/bulletin.test.ts'],
  ['restorePlanLine', 'test/workflow/annual-plan.test.ts'],
]);
