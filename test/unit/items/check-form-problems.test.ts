import type { Question } from '../../../domain/items/check-form';
import { checkFormProblems } from '../../../domain/items/check-form-problems';

const problemsOf = (...questions: Question[]) =>
  checkFormProblems([{ title: '检查内容', questions }]).map(({ field, message }) => [field, message]);

const measurement = (more: Partial<Question>): Question => ({
  ...{ key: 'q1', text: '消毒温度', type: 'measurement' },
  ...more,
});

test('a form that can be filled in has no problem', () => {
  expect(
    problemsOf(
      { key: 'q1', text: '是否公示？', type: 'yes-no' },
      { key: 'q2', text: '场所', type: 'choice', options: ['自有', '租赁'] },
      measurement({ key: 'q3', unit: '℃', min: 60, max: 60 }),
      measurement({ key: 'q4', unit: '℃' }),
      { key: 'q5', text: '在场人员', type: 'signature' },
      { key: 'q6', text: '现场', type: 'photo', min: 1, max: 20 },
    ),
  ).toEqual([]);
});

test.each<[Question, string]>([
  [{ key: 'q1', text: '场所', type: 'choice', options: ['自有'] }, '“场所”是选择题：请至少填写两个选项。'],
  [measurement({ unit: ' ' }), '“消毒温度”是测量项：请填写单位。'],
  [measurement({ unit: '℃', min: 80, max: 60 }), '“消毒温度”的标准范围下限 80 大于上限 60：请改正。'],
  [{ key: 'q1', text: '现场', type: 'photo', min: 1.5 }, '“现场”是拍照项：张数须为 1 至 20 的整数。'],
  [{ key: 'q1', text: '现场', type: 'photo', max: 21 }, '“现场”是拍照项：张数须为 1 至 20 的整数。'],
  [{ key: 'q1', text: '现场', type: 'photo', min: 3, max: 2 }, '“现场”至少 3 张照片，却最多 2 张：请改正。'],
])('%j is told with its place', (question, message) => {
  expect(problemsOf({ key: 'q0', text: '第一项', type: 'text' }, question)).toEqual([
    ['checkForm.0.questions.1', message],
  ]);
});

test('two questions of one key are told, wherever they stand', () => {
  const section = { title: '部分', questions: [{ key: 'q1', text: '内容', type: 'text' as const }] };
  expect(checkFormProblems([section, section]).map(({ field }) => field)).toEqual([
    'checkForm.1.questions.0',
  ]);
});
