import { effortProblems, effortsSeen, mayKeepEffort, totalOf } from '../../domain/efforts';
import type { Actor, Role } from '../../domain/roles';

const person = (role: Role, department: string, region = '691100'): Actor => ({
  ...{ id: 1, username: 'x', name: 'X' },
  grants: [{ role, department, region }],
});

const CAMPAIGN = { leadDepartment: 'SCJG', departments: ['SCJG', 'WJW'], regions: ['691101'] };

test('tenths of days add up exactly', () => {
  expect(totalOf(Array.from({ length: 10 }, () => ({ personDays: 0.1, cost: 5 })))).toEqual({
    ...{ personDays: 1, cost: 50 },
  });
});

test.each([
  ['the lead’s officer', person('lead_officer', 'SCJG'), ['SCJG', 'WJW']],
  ['the budget office', person('budget_officer', 'CZJ'), ['SCJG', 'WJW']],
  ['a department’s liaison', person('liaison', 'WJW'), ['WJW']],
  ['somebody else’s liaison', person('liaison', 'XFJ'), []],
  ['the budget office of another county', person('budget_officer', 'CZJ', '691102'), []],
  ['an inspector', person('inspector', 'WJW'), []],
])('%s sees the figures of %j', (_name, actor, departments) => {
  expect(effortsSeen(actor, CAMPAIGN)).toEqual(departments);
});

test('who pays does not write what was spent', () => {
  expect(mayKeepEffort(person('budget_officer', 'CZJ'), 'SCJG')).toBe(false);
  expect(mayKeepEffort(person('liaison', 'SCJG'), 'SCJG')).toBe(true);
});

test('an entry says something, of a day that has come', () => {
  const entry = { personDays: 0, cost: 0, spentOn: '2026-05-02' };
  expect(effortProblems(entry, '2026-05-01').map(({ field }) => field)).toEqual(['personDays', 'spentOn']);
  expect(effortProblems({ ...entry, cost: 1, spentOn: '2026-05-01' }, '2026-05-01')).toEqual([]);
});
