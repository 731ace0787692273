import { calendarOf } from '../../../domain/deadlines/working-days';
import {
  awaitedDepartments,
  conflictsOf,
  dayProblem,
  firstProposer,
  type InspectorDay,
} from '../../../domain/visits/visit-days';

const calendar = calendarOf([]);
const wish = (change: Partial<Parameters<typeof dayProblem>[0]>) =>
  dayProblem({
    ...{ day: '2026-03-04', reason: '', today: '2026-03-02', visitFrom: '2026-03-01', visitTo: '2026-03-31' },
    ...{ isWorkingDay: (day: string) => calendar.isWorkingDay(day), replaces: false },
    ...change,
  });

test('a day lies ahead, in the campaign’s time, and is a working day unless a reason is given', () => {
  expect(wish({})).toBeNull();
  expect(wish({ day: '2026-03-02' })).toBeNull();
  expect(wish({ day: '2026-03-01' })).toMatchObject({ field: 'day' });
  expect(wish({ day: '2026-04-01', reason: '确有需要' })).toMatchObject({ field: 'day' });
  expect(wish({ day: '2026-03-07' })).toMatchObject({ field: 'reason' });
  expect(wish({ day: '2026-03-07', reason: '夜市只在周末营业' })).toBeNull();
});

test('who proposes another day says why', () => {
  expect(wish({ replaces: true })).toMatchObject({ field: 'reason' });
  expect(wish({ replaces: true, reason: '当日有专项行动' })).toBeNull();
});

test('the lead proposes first, or who comes first where the lead has nothing to inspect', () => {
  expect(firstProposer(['SCJG', 'WJW'], 'SCJG')).toBe('SCJG');
  expect(firstProposer(['XFJ', 'WJW'], 'SCJG')).toBe('WJW');
  expect(firstProposer([], 'SCJG')).toBeNull();
});

test('a day is fixed when nobody’s agreement is awaited', () => {
  expect(awaitedDepartments(['SCJG', 'WJW', 'XFJ'], ['SCJG'])).toEqual(['WJW', 'XFJ']);
  expect(awaitedDepartments(['SCJG', 'WJW'], ['WJW', 'SCJG'])).toEqual([]);
});

test('two visits at the same time, leave and an expired certificate are conflicts', () => {
  const one: InspectorDay = {
    ...{
      code: 'W-1',
      name: '王一',
      department: 'WJW',
      certificateValidUntil: '2026-03-04',
      status: 'active',
    },
    isAway: false,
    others: [{ visit: 3, campaign: '夏季联合抽查', entity: '云溪酒店', part: 'morning' }],
  };
  const kinds = (day: string, part: 'morning' | 'afternoon' | 'day', change: Partial<InspectorDay> = {}) =>
    conflictsOf(day, part, [{ ...one, ...change }]).map((conflict) => conflict.kind);
  expect(kinds('2026-03-04', 'afternoon')).toEqual([]);
  expect(kinds('2026-03-04', 'morning')).toEqual(['other-visit']);
  expect(kinds('2026-03-04', 'day')).toEqual(['other-visit']);
  expect(kinds('2026-03-04', 'afternoon', { isAway: true })).toEqual(['away']);
  expect(kinds('2026-03-04', 'afternoon', { status: 'leave' })).toEqual(['away']);
  expect(kinds('2026-03-05', 'afternoon')).toEqual(['certificate']);
});
