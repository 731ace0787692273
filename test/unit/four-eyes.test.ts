import { contract } from '../../api/contract';
import { HANDLING_STEPS } from '../../domain/handling/course';
import { whyNot } from '../../domain/handling/may-take';
import { isDecision } from '../../domain/handling/owed';
import { DECIDES, ONE_PERSON, TWO_PEOPLE } from '../../domain/permissions/four-eyes';
import { mayDecideUninvolved } from '../../domain/permissions/rules';
import { DELEGABLE_ROLES } from '../../domain/tasks/holders';
import type { Actor, Role } from '../../domain/roles';

const deciding: string[] = Object.values(contract)
  .filter(({ id, method }) => method !== 'get' && DECIDES.test(id))
  .map(({ id }) => id);

test('every endpoint that decides is on the list: who asked is refused, or why one person is enough', () => {
  const listed = [...Object.keys(TWO_PEOPLE), ...Object.keys(ONE_PERSON)];
  expect(deciding.filter((id) => !listed.includes(id))).toEqual([]);
  expect(listed.filter((id) => !deciding.includes(id))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
});

const all: Role[] = ['approver', 'liaison', 'inspector', 'lead_officer', 'coordinator', 'supervisor'];
const everything: Actor = {
  id: 7,
  username: 'somebody',
  name: '某人',
  grants: all.map((role) => ({ role, department: 'SCJG', region: '691100' })),
};

test.each(HANDLING_STEPS.filter(isDecision))('%s in a case is not taken by who submitted it', (step) => {
  const scope = { department: 'SCJG', keeper: 'SCJG', region: '691101', submittedBy: 7, answering: [] };
  expect(whyNot(everything, step, scope)).toBe('own-submission');
  expect(whyNot(everything, step, { ...scope, submittedBy: 8 })).toBeNull();
});

test('where the head is of the team another head decides, or where there is none the leading group', () => {
  const inspection = { department: 'SCJG', region: '691101', leadingGroups: ['LDXZ'] };
  const group: Actor = {
    ...everything,
    id: 9,
    grants: [{ role: 'approver', department: 'LDXZ', region: '691100' }],
  };
  expect(mayDecideUninvolved(everything, { ...inspection, heads: [7, 8], involved: [7] })).toBe(false);
  expect(mayDecideUninvolved({ ...everything, id: 8 }, { ...inspection, heads: [7, 8], involved: [7] })).toBe(
    true,
  );
  expect(mayDecideUninvolved(group, { ...inspection, heads: [7, 8], involved: [7] })).toBe(false);
  expect(mayDecideUninvolved(group, { ...inspection, heads: [7], involved: [7] })).toBe(true);
  expect(mayDecideUninvolved(group, { ...inspection, heads: [], involved: [9] })).toBe(false);
});

test('nobody decides in another’s name: who stands in for a head does not approve', () => {
  expect(DELEGABLE_ROLES).not.toContain('approver');
});
