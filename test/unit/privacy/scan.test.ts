import fc from 'fast-check';
import { findPersonalData, isIdNumber } from '../../../domain/privacy/scan';

const kinds = (text: string, known = {}) => findPersonalData(text, known).map(({ kind }) => kind);

test.each([
  ['id-number', '身份证 11010519491231002X'],
  ['id-number', '身份证 1101 0519 4912 3100 2X'],
  ['id-number', '旧证 110105491231002'],
  ['phone', '电话13891234567。'],
  ['phone', '电话 138-9123-4567'],
  ['phone', '电话 +8613891234567'],
  ['phone', '电话１３８９１２３４５６７'],
  ['phone', '座机 0911-3214567'],
  ['mail', '来信 wang.xm@yunxi.invalid 可'],
  ['address', '家住城关镇东街'],
  ['address', '兴安路3号楼2单元501室'],
])('a planted %s is found: %s', (kind, text) => {
  expect(kinds(text)).toContain(kind);
});

test('names and addresses that are known are found where they stand', () => {
  const known = { names: ['王小明'], addresses: ['东街 7 号院'] };
  expect(findPersonalData('经营者王小明，东街 7 号院', known)).toEqual([
    { kind: 'address', value: '东街 7 号院' },
    { kind: 'name', value: '王小明' },
  ]);
});

test.each([
  '138****5678、王＊＊、z***@ak.gov.cn',
  '统一社会信用代码 92691100MA00000001，金额 13812.50 元',
  '2026-04-01T02:00:00.000Z 2026年4月1日 18:30',
  'ticket 00138912345670000000000000000000000000000000000000000000000000ab',
  '1743472800000',
  '云溪市东街 7 号（经营场所）',
  '110105194912310021',
])('what is no personal data is left alone: %s', (text) => {
  expect(findPersonalData(text)).toEqual([]);
});

test('of numbers of 18 digits one in eleven has the check digit of an ID number', () => {
  const front = fc.stringMatching(/^[1-8]\d{5}19[5-9]\d(0[1-9]|1[0-2])(0[1-9]|1\d|2[0-8])\d{3}$/);
  fc.assert(
    fc.property(front, (first) => {
      const valid = Array.from('0123456789X').filter((last) => isIdNumber(first + last));
      expect(valid).toHaveLength(1);
      expect(kinds(`证号${first}${valid[0] ?? ''}。`)).toEqual(['id-number']);
    }),
  );
});
