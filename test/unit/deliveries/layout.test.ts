import { readAnswer } from '../../../domain/deliveries/acknowledgement';
import {
  fileNameOf,
  firstBatch,
  statusAfterAttempt,
  statusByAnswers,
} from '../../../domain/deliveries/course';
import { cellsOf, type PublishedRow } from '../../../domain/deliveries/fields';
import { DELIVERY_PRESETS, layoutProblems } from '../../../domain/deliveries/target';

test('layouts to begin with have nothing wrong', () => {
  expect(DELIVERY_PRESETS.flatMap(({ columns }) => layoutProblems(columns))).toEqual([]);
});

test('a batch ends where another campaign begins, though the first goes on behind it', () => {
  const rows = ['A', 'A', 'B', 'A'].map((campaign_code, id) => ({
    ...{ campaign_code, id, credit_code: '92691100MA00000001', item_code: `WJW-00${id}` },
  }));
  expect(firstBatch(rows).map(({ id }) => id)).toEqual([0, 1]);
  expect(firstBatch(rows.slice(0, 2))).toHaveLength(2);
  expect(firstBatch([])).toEqual([]);
});

test('a batch has each result once: a further version goes in the next', () => {
  const rows = ['WJW-001', 'WJW-002', 'WJW-001', 'WJW-003'].map((item_code, id) => ({
    ...{ campaign_code: 'A', id, credit_code: '92691100MA00000001', item_code },
  }));
  expect(firstBatch(rows).map(({ id }) => id)).toEqual([0, 1]);
});

test('what was withdrawn comes without its content, also where the layout has no column for the status', () => {
  const row: PublishedRow = {
    ...{ campaign_code: 'SCJG-2026-001', campaign_name: '联合抽查', credit_code: '92691100MA00000001' },
    ...{ entity_name: '云溪餐饮店', item_code: 'WJW-001', item_name: '卫生', department_name: '卫健委' },
    ...{
      result_code: 5,
      method: 'on-site',
      visit_on: '2026-05-20',
      published_at: new Date('2026-06-01T01:00:00Z'),
    },
    ...{ version: 2, status: 'withdrawn', changed_at: new Date('2026-06-03T01:00:00Z'), reason: '对象有误' },
  };
  const old = (DELIVERY_PRESETS[0]?.columns ?? []).filter(({ field }) => field !== 'status');
  const cells = cellsOf(old, row);
  expect(cells.join()).not.toContain('云溪餐饮店');
  expect(cells).toEqual(expect.arrayContaining(['92691100MA00000001', 'WJW-001', '已撤回', '对象有误']));
  expect(layoutProblems(old)).toMatchObject([{ field: 'columns' }]);
});

test('names sort as numbers do', () => {
  expect(fileNameOf(12, 'SCJG-2026-001', 'csv')).toBe('000012-SCJG-2026-001.csv');
});

test.each([
  ['taken', true, 'sent'],
  ['refused', true, 'rejected'],
  ['put-off', true, 'sending'],
  ['put-off', false, 'failed'],
  ['unusable', false, 'failed'],
] as const)('%s, tried again %s: %s', (answer, mayRetry, status) => {
  expect(statusAfterAttempt(answer, mayRetry)).toBe(status);
});

test('only a batch of which every row was refused counts as refused', () => {
  expect(statusByAnswers({ rows: 2, refused: 2 })).toBe('rejected');
  expect(statusByAnswers({ rows: 2, refused: 1 })).toBe('acknowledged');
});

test('answers are read in both languages; the reason counts where a row was refused', () => {
  const header = Object.fromEntries(
    ['delivery', 'creditCode', 'itemCode', 'outcome', 'reason'].map((key, at) => [key, { at, title: key }]),
  );
  const read = (outcome: string) =>
    readAnswer(header, 2, ['1', '92691100ma00000001', 'WJW-001', outcome, ' 主体不存在 ']);
  expect(read('Accepted')).toMatchObject({ accepted: true, reason: '', creditCode: '92691100MA00000001' });
  expect(read('拒收')).toMatchObject({ accepted: false, reason: '主体不存在' });
  expect(read('也许')).toBe('“也许”不是接收结果：应为 接收 或 拒收');
});
