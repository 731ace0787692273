import { periodBefore, periodText, startOf, startsIn } from '../../../domain/oversight/periods';

test.each([
  ['monthly', '2026-12-03', '2026-11-01', '2026-11-30', '2026年11月'],
  ['monthly', '2027-01-03', '2026-12-01', '2026-12-31', '2026年12月'],
  ['monthly', '2028-03-01', '2028-02-01', '2028-02-29', '2028年2月'],
  ['quarterly', '2026-10-03', '2026-07-01', '2026-09-30', '2026年第三季度'],
  ['quarterly', '2027-01-03', '2026-10-01', '2026-12-31', '2026年第四季度'],
  ['quarterly', '2027-02-28', '2026-10-01', '2026-12-31', '2026年第四季度'],
  ['yearly', '2027-01-03', '2026-01-01', '2026-12-31', '2026年度'],
] as const)('the %s period before %s', (kind, day, from, to, text) => {
  expect(periodBefore(kind, day)).toEqual({ from, to });
  expect(periodText(kind, { from, to })).toBe(text);
});

test('weeks begin on Monday, across a year’s end too', () => {
  expect(startOf('week', '2027-01-01')).toBe('2026-12-28');
  expect(startOf('week', '2026-12-28')).toBe('2026-12-28');
  expect(startOf('week', '2027-01-03')).toBe('2026-12-28');
  expect(startsIn('week', { from: '2026-12-27', to: '2027-01-04' })).toEqual([
    '2026-12-21',
    '2026-12-28',
    '2027-01-04',
  ]);
});

test('months without anything due are there too', () => {
  expect(startsIn('month', { from: '2026-11-15', to: '2027-02-01' })).toEqual([
    '2026-11-01',
    '2026-12-01',
    '2027-01-01',
    '2027-02-01',
  ]);
});
