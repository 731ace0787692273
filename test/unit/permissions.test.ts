import {
  mayApproveBulletins,
  mayCommand,
  mayDecideUninvolved,
  mayLead,
  mayReadEvidence,
  maySimulate,
  publicValuePost,
  statisticsAreas,
} from '../../domain/permissions/rules';
import type { Actor, Role } from '../../domain/roles';

const campaign = {
  stage: 'sealed' as const,
  leadDepartment: 'SCJG',
  departments: ['SCJG', 'WJW'],
  regions: ['691101', '691102'],
  submittedBy: 1,
  approvingDepartments: ['SCJG', 'LDXZ'],
};

const holder = (role: Role, department: string, region = '691100'): Actor => ({
  id: 7,
  username: 'somebody',
  name: '某人',
  grants: [{ role, department, region }],
});

test.each([
  ['the lead', holder('lead_officer', 'SCJG'), true],
  ['a liaison who takes part', holder('liaison', 'WJW'), true],
  ['oversight', holder('supervisor', 'DCS'), true],
  ['the coordinator', holder('coordinator', 'SCJG'), true],
  ['the lead officer of another department', holder('lead_officer', 'WJW'), false],
  ['a liaison who does not take part', holder('liaison', 'XFJ'), false],
  ['oversight of one of two counties', holder('supervisor', 'DCS', '691101'), false],
  ['who approves', holder('approver', 'LDXZ'), false],
  ['who inspects', holder('inspector', 'SCJG'), false],
  ['who administers', holder('admin', 'SCJG'), false],
])('the public value and %s', (_, actor, may) => {
  expect(publicValuePost(actor, campaign) !== null).toBe(may);
  expect(mayCommand(actor, 'recordPublicValue', campaign)).toBe(may);
});

test.each([
  ['of the city', '691100', true],
  ['of one of its counties', '691102', true],
  ['of another county', '691103', false],
])('a department’s liaison %s seals for it', (_, region, may) => {
  expect(mayCommand(holder('liaison', 'WJW', region), 'seal', campaign)).toBe(may);
});

test('the office and role that are made public are those that give the right', () => {
  const actor: Actor = {
    ...holder('inspector', 'SCJG'),
    grants: [
      { role: 'inspector', department: 'SCJG', region: '691100' },
      { role: 'liaison', department: 'WJW', region: '691100' },
    ],
  };
  expect(publicValuePost(actor, campaign)).toMatchObject({ role: 'liaison', department: 'WJW' });
});

test('statistics are for those who oversee, each for their own areas; keepers of the registry see none', () => {
  const grants = [
    { role: 'supervisor', department: 'DCS', region: '691101' },
    { role: 'lead_officer', department: 'SCJG', region: '691102' },
    { role: 'inspector', department: 'SCJG', region: '691103' },
    { role: 'admin', department: 'SCJG', region: '691100' },
  ] as const;
  expect(statisticsAreas({ ...holder('admin', 'SCJG'), grants })).toEqual(['691101', '691102']);
  expect(statisticsAreas(holder('admin', 'SCJG'))).toEqual([]);
});

const visit = {
  department: 'XFJ',
  leadDepartment: 'SCJG',
  region: '691101',
  approvingDepartments: ['LDXZ', 'SCJG'],
  isOfTeam: false,
};

test.each([
  ['whose item it is', holder('liaison', 'XFJ'), true],
  ['of another department at the visit', holder('liaison', 'WJW'), false],
  ['the lead', holder('lead_officer', 'SCJG'), true],
  ['the lead of another county', holder('lead_officer', 'SCJG', '691102'), false],
  ['the coordinator', holder('coordinator', 'FGW'), true],
  ['the leading group', holder('approver', 'LDXZ'), true],
  ['the head of the department', holder('approver', 'XFJ'), true],
  ['the head of another department', holder('approver', 'WJW'), false],
  ['the head in another county', holder('approver', 'XFJ', '691102'), false],
  ['oversight', holder('supervisor', 'DCS'), false],
  ['an inspector who was not there', holder('inspector', 'XFJ'), false],
  ['who administers', holder('admin', 'XFJ'), false],
])('evidence and %s', (_, actor, may) => {
  expect(mayReadEvidence(actor, visit)).toBe(may);
  expect(mayReadEvidence(actor, { ...visit, isOfTeam: true })).toBe(true);
});

const objection = {
  department: 'WJW',
  region: '691101',
  heads: [7, 8],
  leadingGroups: ['LDXZ'],
  involved: [] as number[],
};

test.each([
  ['the department’s head', holder('approver', 'WJW'), {}, true],
  ['the head of another county', holder('approver', 'WJW', '691102'), {}, false],
  ['the head of another department', holder('approver', 'SCJG'), {}, false],
  ['the leading group while there is a head', holder('approver', 'LDXZ'), {}, false],
  ['a head who inspected', holder('approver', 'WJW'), { involved: [7] }, false],
  ['the leading group while one head of two inspected', holder('approver', 'LDXZ'), { involved: [8] }, false],
  [
    'the leading group where all heads inspected',
    holder('approver', 'LDXZ'),
    { heads: [8], involved: [8] },
    true,
  ],
  ['the leading group where there is no head', holder('approver', 'LDXZ'), { heads: [] }, true],
  ['a liaison', holder('liaison', 'WJW'), {}, false],
])('an objection to a result and %s', (_, actor, more, may) => {
  expect(mayDecideUninvolved(actor, { ...objection, ...more })).toBe(may);
});

/** Two posts of one person: neither is in the department for the region that is asked about. */
const twoPosts = (role: Role, department: string): Actor => ({
  ...holder(role, department),
  grants: [
    { role, department, region: '691103' },
    { role, department: 'JYJ', region: '691100' },
  ],
});

test.each<[what: string, role: Role, department: string, may: (actor: Actor) => boolean]>([
  ['leads', 'lead_officer', 'SCJG', (actor) => mayLead(actor, 'SCJG', ['691101'])],
  ['commands', 'lead_officer', 'SCJG', (actor) => mayCommand(actor, 'freeze', campaign)],
  ['decides on a campaign', 'approver', 'SCJG', (actor) => mayCommand(actor, 'return', campaign)],
  ['simulates', 'approver', 'LDXZ', (actor) => maySimulate(actor, campaign)],
  ['reads evidence', 'approver', 'XFJ', (actor) => mayReadEvidence(actor, visit)],
  ['approves bulletins', 'approver', 'LDXZ', (actor) => mayApproveBulletins(actor, '691101', ['LDXZ'])],
])(
  'who %s does so by one post: a department from one and a region from another do not add up',
  (_, ...row) => {
    const [role, department, may] = row;
    expect(may(twoPosts(role, department))).toBe(false);
    expect(may(holder(role, department))).toBe(true);
  },
);
