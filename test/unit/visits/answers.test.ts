import type { CheckFormSection, Question } from '../../../domain/items/check-form';
import { readAnswers } from '../../../domain/visits/answers';
import { wasInspected, type ResultCode } from '../../../domain/visits/results';

const formOf = (...questions: Omit<Question, 'key'>[]): CheckFormSection[] => [
  { title: '检查内容', questions: questions.map((question, at) => ({ ...question, key: `q${at + 1}` })) },
];

const STROKES = 'M10 20L30 40L50 20M100 100L120 130';

test('answers as their questions ask are kept as they are', () => {
  const form = formOf(
    { text: '是否公示？', type: 'yes-no' },
    { text: '场所', type: 'choice', options: ['自有', '租赁'] },
    { text: '人数', type: 'number' },
    { text: '现场情况', type: 'text' },
    { text: '在场人员', type: 'signature' },
    { text: '未答', type: 'number' },
  );
  const given = { q1: false, q2: '租赁', q3: 0, q4: '符合要求', q5: STROKES };
  expect(readAnswers(form, given)).toEqual({ answers: given, problems: [] });
});

test.each([
  [{ min: 60, max: 80 }, 60, true],
  [{ min: 60, max: 80 }, 80, true],
  [{ min: 60, max: 80 }, 80.1, false],
  [{ min: 60 }, 59.9, false],
  [{ min: 60 }, 1000, true],
  [{ max: -18 }, -17, false],
  [{ max: -18 }, -20, true],
])('in the range %j, %d is said to be within: %s', (range, value, within) => {
  const form = formOf({ text: '温度', type: 'measurement', unit: '℃', ...range });
  const { answers, problems } = readAnswers(form, { q1: { value, instrument: '温度计 3 号' } });
  expect(problems).toEqual([]);
  expect(answers).toEqual({ q1: { value, instrument: '温度计 3 号', within } });
});

test('where the form has no range, nothing is said of it', () => {
  const form = formOf({ text: '温度', type: 'measurement', unit: '℃' });
  expect(readAnswers(form, { q1: { value: 5 } }).answers).toEqual({ q1: { value: 5 } });
});

test.each<[Omit<Question, 'key' | 'text'>, unknown, string]>([
  [{ type: 'yes-no' }, '是', '“内容”须回答是或否。'],
  [{ type: 'choice', options: ['甲', '乙'] }, '丙', '“内容”只能选择：甲、乙。'],
  [{ type: 'number' }, '3', '“内容”须填写数值。'],
  [{ type: 'text' }, 'x'.repeat(1001), '“内容”须填写文字，最长 1000 字。'],
  [{ type: 'text' }, { value: 1 }, '“内容”须填写文字，最长 1000 字。'],
  [{ type: 'measurement', unit: '℃' }, 65, '“内容”须填写测得的数值。'],
  [{ type: 'measurement', unit: '℃' }, { instrument: '温度计' }, '“内容”须填写测得的数值。'],
  [{ type: 'signature' }, '张三', '“内容”的签名无法识别，请清除后重签。'],
  [{ type: 'signature' }, 'M1 1', '“内容”的签名无法识别，请清除后重签。'],
  [{ type: 'signature' }, `${STROKES}"/><script>`, '“内容”的签名无法识别，请清除后重签。'],
  [{ type: 'signature' }, true, '“内容”的签名过大（最大 60 kB），请清除后重签。'],
])('%j answered by %j is refused with the question', (question, answer, message) => {
  const { problems } = readAnswers(formOf({ text: '内容', ...question }), { q1: answer });
  expect(problems).toEqual([{ field: 'q1', message }]);
});

test('photos are those that were uploaded for the question, no more than it takes', () => {
  const form = formOf({ text: '现场照片', type: 'photo', min: 1, max: 2 });
  const photosOf = (key: string) => (key === 'q1' ? [11, 12, 13] : [14]);
  const read = (answer: unknown) => readAnswers(form, { q1: answer }, photosOf, true);
  expect(read([11, 13])).toEqual({ answers: { q1: [11, 13] }, problems: [] });
  const foreign = '“现场照片”引用的照片不存在、已撤回或不属于这项内容，请刷新页面后重新上传。';
  for (const [answer, message] of [
    [[14], foreign],
    [[99], foreign],
    [[11, 11], foreign],
    ['11', '“现场照片”须上传照片。'],
    [[11, 12, 13], '“现场照片”最多 2 张照片，现有 3 张。'],
  ] as const) {
    expect(read(answer).problems).toContainEqual({ field: 'q1', message });
  }
});

test('photos that a form demands are demanded where there was something to inspect', () => {
  const form = formOf({ text: '现场照片', type: 'photo', min: 2 });
  const message = '“现场照片”至少须有 2 张照片，现有 0 张。';
  expect(readAnswers(form, {}, undefined, true).problems).toEqual([{ field: 'q1', message }]);
  expect(readAnswers(form, {}, undefined, false).problems).toEqual([]);
  expect([1, 2, 3, 5, 8].every((code) => wasInspected(code as ResultCode))).toBe(true);
  expect([4, 6, 7].some((code) => wasInspected(code as ResultCode))).toBe(false);
});

test('a signature of the largest size is read, and none that is larger', () => {
  const form = formOf({ text: '签名', type: 'signature' });
  const ofPoints = (points: number) => `M1 1${'L100 100'.repeat(points)}`;
  expect(ofPoints(7499)).toHaveLength(59_996);
  expect(readAnswers(form, { q1: ofPoints(7499) }).problems).toEqual([]);
  expect(readAnswers(form, { q1: ofPoints(7500) }).problems).toHaveLength(1);
});

test('what the form does not ask is refused', () => {
  expect(readAnswers(formOf({ text: '内容', type: 'text' }), { q2: '无' }).problems).toEqual([
    { field: 'q2', message: '检查表中没有编号为“q2”的检查内容，请刷新页面后重填。' },
  ]);
});
