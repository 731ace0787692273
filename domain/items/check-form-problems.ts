import type { FieldProblem } from '../errors';
import { MOST_PHOTOS, type CheckFormSection, type Question } from './check-form';

/** Why an inspector could not fill the form in; empty where its item may be submitted. */
export function checkFormProblems(sections: readonly CheckFormSection[]): FieldProblem[] {
  if (sections.length === 0) {
    return [{ field: 'checkForm', message: '没有检查表格：请至少填写一个部分。' }];
  }
  const keys = new Set<string>();
  return sections.flatMap(({ questions }, section) =>
    questions.flatMap((question, at) => {
      const isRepeated = keys.has(question.key);
      keys.add(question.key);
      const message = isRepeated
        ? `检查内容编号“${question.key}”重复，答案无法区分：请换一个编号。`
        : questionProblem(question);
      return message === null ? [] : [{ field: `checkForm.${section}.questions.${at}`, message }];
    }),
  );
}

function questionProblem({ text, type, options = [], unit = '', min, max }: Question): string | null {
  if (type === 'choice' && options.length < 2) return `“${text}”是选择题：请至少填写两个选项。`;
  if (type === 'photo') return photoProblem(text, min, max);
  if (type !== 'measurement') return null;
  if (unit.trim() === '') return `“${text}”是测量项：请填写单位。`;
  return min !== undefined && max !== undefined && min > max
    ? `“${text}”的标准范围下限 ${min} 大于上限 ${max}：请改正。`
    : null;
}

function photoProblem(text: string, least = 0, most = MOST_PHOTOS): string | null {
  const isCount = (count: number) => Number.isInteger(count) && count >= 0 && count <= MOST_PHOTOS;
  if (!isCount(least) || !isCount(most) || most < 1) {
    return `“${text}”是拍照项：张数须为 1 至 ${MOST_PHOTOS} 的整数。`;
  }
  return least > most ? `“${text}”至少 ${least} 张照片，却最多 ${most} 张：请改正。` : null;
}
