import { frequencyWarnings, SOON_DAYS } from '../../../domain/visits/frequency';

const visit = (on: string) => ({ campaign: '2026-SCJG-001', name: '联合抽查', number: 1, on });
const planned = { day: '2026-12-01', cap: 2, planned: true };

test('a planned inspection is warned of where it passes the cap of its year, not where it reaches it', () => {
  const far = [visit('2026-01-05'), visit('2025-01-05')];
  expect(frequencyWarnings(planned, far)).toEqual([]);
  expect(frequencyWarnings(planned, [visit('2026-02-01'), ...far])).toEqual([
    { kind: 'cap', count: 3, limit: 2, visits: [visit('2026-02-01'), visit('2026-01-05')] },
  ]);
  expect(frequencyWarnings({ ...planned, cap: null }, [visit('2026-02-01'), ...far])).toEqual([]);
});

test('an entity is warned of from the moment that it has reached its cap', () => {
  const seen = { day: '2026-12-01', cap: 1, planned: false };
  expect(frequencyWarnings(seen, [])).toEqual([]);
  expect(frequencyWarnings(seen, [visit('2026-01-05')])).toMatchObject([{ kind: 'cap', count: 1 }]);
  // One inspection is not soon after another.
  const recent = [visit('2026-11-20')];
  expect(frequencyWarnings({ ...seen, cap: 9 }, recent)).toEqual([]);
  expect(frequencyWarnings({ ...seen, cap: 9 }, [...recent, visit('2026-11-10')])).toMatchObject([
    { kind: 'soon', count: 2 },
  ]);
});

test('soon after another, before or after it, across the turn of the year', () => {
  const near = { day: '2026-12-31', cap: 9, planned: true };
  expect(frequencyWarnings(near, [visit('2027-01-02')])).toMatchObject([
    { kind: 'soon', count: 2, limit: SOON_DAYS },
  ]);
  expect(frequencyWarnings(near, [visit('2026-10-02')])).toMatchObject([{ kind: 'soon' }]);
  expect(frequencyWarnings(near, [visit('2026-10-01')])).toEqual([]);
});
