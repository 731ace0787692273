import { onTimeShare, shareOf, shareText, type TaskCell } from '../../../domain/oversight/figures';
import { ranked } from '../../../domain/oversight/ranking';

const cell = (department: string, onTime: number, late = 0, overdue = 0, waiting = 0): TaskCell => ({
  ...{ department, region: '691101', onTime, late, overdue, waiting },
});

test('nothing of nothing is no share, and reads as a dash, not as 0 %', () => {
  expect(shareOf(0, 0)).toBeNull();
  expect(onTimeShare({ onTime: 0, late: 0, overdue: 0, waiting: 9 })).toBeNull();
  expect(shareText(null)).toBe('—');
});

test.each([
  [1, '100.0%'],
  [0, '0.0%'],
  [0.8755, '87.6%'],
  // Nobody is told of all, or of nothing, where it isn't so.
  [0.99999, '99.9%'],
  [0.00001, '0.1%'],
])('%d reads %s', (share, text) => {
  expect(shareText(share)).toBe(text);
});

test('what is not due yet counts neither for nor against', () => {
  expect(onTimeShare({ onTime: 3, late: 0, overdue: 1, waiting: 100 })).toBe(0.75);
});

test('equals share a rank, and the next counts them; of equals who had more comes first', () => {
  const rows = ranked(
    [cell('A', 1), cell('B', 3, 1), cell('C', 10), cell('D', 0, 0, 2), cell('E', 0, 0, 0, 4)],
    'department',
  );
  expect(rows.map(({ code, rank }) => [code, rank])).toEqual([
    ['C', 1],
    ['A', 1],
    ['B', 3],
    ['D', 4],
    ['E', null],
  ]);
});

test('who has something overdue and did nothing at all is told; who has nothing to do is not', () => {
  const rows = ranked([cell('A', 0, 0, 2), cell('B', 0, 1, 2), cell('C', 0, 0, 0, 3)], 'department');
  expect(rows.filter((row) => row.didNothing).map((row) => row.code)).toEqual(['A']);
});

test('a department’s counties are put together, and a county’s departments', () => {
  const cells = [
    { ...cell('A', 1), region: '691101' },
    { ...cell('A', 0, 1), region: '691102' },
    { ...cell('B', 2), region: '691102' },
  ];
  expect(ranked(cells, 'department').map(({ code, due }) => [code, due])).toEqual([
    ['B', 2],
    ['A', 2],
  ]);
  expect(ranked(cells, 'region').map(({ code, onTime, late }) => [code, onTime, late])).toEqual([
    ['691101', 1, 0],
    ['691102', 2, 1],
  ]);
});
