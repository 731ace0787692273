import * as fc from 'fast-check';
import { HANDLING_STATUSES } from '../../../domain/handling/course';
import { consequencesOf, isOwnMatter, type CaseOfResult } from '../../../domain/visits/corrections';
import { maskProblem, personalDataIn } from '../../../domain/visits/mask';
import { RESULT_LABELS, trackOf, type ResultCode } from '../../../domain/visits/results';

const nothing = { annul: null, strike: null, keep: null, open: null };
const led = (more: Partial<CaseOfResult> = {}): CaseOfResult => ({
  ...{ id: 7, status: 'open', standing: [], submittedBy: null },
  ...more,
});

test('the same code with other answers leads to nothing, whatever became of the case', () => {
  expect(consequencesOf(5, 5, led({ status: 'listed', standing: ['penalty'] }))).toEqual(nothing);
});

test('a case is opened where one is due now, annulled where none was', () => {
  expect(consequencesOf(1, 5, null)).toEqual({ ...nothing, open: 'rectification' });
  expect(consequencesOf(1, 7, null)).toEqual(nothing);
  expect(consequencesOf(5, 1, led())).toEqual({ ...nothing, annul: 7 });
  // Another kind of violation: the old case ends, and one of the right kind begins.
  expect(consequencesOf(5, 8, led())).toEqual({ ...nothing, annul: 7, open: 'penalty' });
  expect(consequencesOf(2, 3, led({ status: 'proposed' }))).toEqual({ ...nothing, keep: 7 });
});

test('a settled case has its credit record corrected; one that was annulled has nothing to correct', () => {
  const settled = led({ status: 'closed', standing: ['rectified'] });
  expect(consequencesOf(5, 1, settled)).toEqual({ ...nothing, strike: 7 });
  expect(consequencesOf(5, 2, settled)).toEqual({ ...nothing, strike: 7, open: 'abnormal-list' });
  expect(consequencesOf(5, 1, led({ status: 'closed' }))).toEqual(nothing);
});

test.each([
  [led({ status: 'listed', standing: ['abnormal-operations'] }), '撤销案件'],
  [led({ status: 'repair-requested', standing: ['serious-violation'] }), '撤销案件'],
  [led({ status: 'lifting' }), '联合惩戒措施'],
  [led({ status: 'open', standing: ['penalty'] }), '处罚决定'],
  [led({ status: 'closed', standing: ['penalty'] }), '更正其信用记录'],
  [led({ status: 'closed', standing: ['rectified', 'abnormal-operations'] }), '更正其信用记录'],
])('penalties and lists are taken back first, and it says by whom: %#', (found, word) => {
  const refused = consequencesOf(4, 1, found);
  expect('refusal' in refused && refused.refusal).toContain(word);
});

test('whatever is corrected, at most one case of the result goes on, and of the kind that is due', () => {
  const codes = Object.keys(RESULT_LABELS).map(Number) as ResultCode[];
  fc.assert(
    fc.property(
      fc.constantFrom(...codes),
      fc.constantFrom(...codes),
      fc.constantFrom(...HANDLING_STATUSES),
      fc.subarray(['rectified', 'settled', 'penalty', 'abnormal-operations']),
      (from, to, status, standing) => {
        const found = trackOf(from) === null ? null : led({ status, standing });
        const leadsTo = consequencesOf(from, to, found);
        if ('refusal' in leadsTo || from === to) return;
        const { annul, strike, keep, open } = leadsTo;
        expect([annul, strike, keep].filter((id) => id !== null).length).toBeLessThanOrEqual(1);
        const goesOn = [open, keep].filter((one) => one !== null).length;
        expect(goesOn).toBe(trackOf(to) === null ? 0 : 1);
        if (found !== null && status !== 'closed') expect(annul ?? keep).toBe(found.id);
      },
    ),
  );
});

test('nobody approves what they asked for, nor ends a case in which their own proposal waits', () => {
  expect(isOwnMatter(3, 3, null)).toBe(true);
  expect(isOwnMatter(3, 4, { submittedBy: 3 })).toBe(true);
  expect(isOwnMatter(3, 4, { submittedBy: null })).toBe(false);
});

test.each([
  ['身份证 11010519491231002X 的人', ['身份证号']],
  ['身份证 110105 19491231 002X', ['身份证号']],
  ['旧证 110105491231002', ['身份证号']],
  ['电话 138 0013-8000', ['电话号码']],
  ['座机０９１５-３２１２３４５', ['电话号码']],
  ['他家住汉滨区', ['住址']],
  ['在阳光小区3号楼2单元501室见到本人', ['住址']],
])('unmasked personal data are found, however they are written: %s', (text, found) => {
  expect(personalDataIn(text)).toEqual(found);
  expect(maskProblem(text)).toContain(found[0]);
});

test.each([
  '身份证 110105********002X，电话 138****8000',
  '统一社会信用代码 92691102MA58474260，第 12345678 号文书',
  '通过登记的住所（经营场所）无法联系，2026-11-28 复核后更正',
  '编号 2026-0002 的任务中，通道宽 1.4 米',
])('masked data, codes and days are none: %s', (text) => {
  expect(maskProblem(text)).toBeNull();
});
