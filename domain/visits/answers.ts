import type { FieldProblem } from '../errors';
import type { CheckFormSection, Question } from '../items/check-form';

interface ReadAnswers {
  answers: Record<string, unknown>;
  /** `field` is the question's key. */
  problems: FieldProblem[];
}

/** Answers to a check form, each as its question asks for it; a measurement says whether it is in the range. */
export function readAnswers(
  sections: readonly CheckFormSection[],
  given: Readonly<Record<string, unknown>>,
): ReadAnswers {
  const questions = new Map(sections.flatMap((one) => one.questions).map((one) => [one.key, one]));
  const problems: FieldProblem[] = [];
  const answers = Object.entries(given).flatMap(([key, answer]): [string, unknown][] => {
    const question = questions.get(key);
    const message = question
      ? problemOf(question, answer)
      : `检查表中没有编号为“${key}”的检查内容，请刷新页面后重填。`;
    if (message !== null) problems.push({ field: key, message });
    return [[key, question && isMeasurement(answer) ? judged(question, answer) : answer]];
  });
  return { answers: Object.fromEntries(answers), problems };
}

interface Measurement {
  value: number;
  instrument?: string;
}

const isMeasurement = (answer: unknown): answer is Measurement =>
  typeof answer === 'object' && answer !== null && 'value' in answer && Number.isFinite(answer.value);

/** Without a range nothing is said; what a form says later changes no judgement. */
function judged({ min, max }: Question, measurement: Measurement) {
  if (min === undefined && max === undefined) return measurement;
  const { value } = measurement;
  return { ...measurement, within: value >= (min ?? -Infinity) && value <= (max ?? Infinity) };
}

const LONGEST_TEXT = 1000;
const LONGEST_SIGNATURE = 60_000;
/** Strokes on a field of less than 1000 by 1000, as the path of an SVG. */
const STROKES = /^(?:M\d{1,3} \d{1,3}(?:L\d{1,3} \d{1,3})+)+$/;

function problemOf({ text, type, options = [] }: Question, answer: unknown): string | null {
  switch (type) {
    case 'yes-no':
      return typeof answer === 'boolean' ? null : `“${text}”须回答是或否。`;
    case 'choice':
      return options.includes(answer as string) ? null : `“${text}”只能选择：${options.join('、')}。`;
    case 'number':
      return Number.isFinite(answer) ? null : `“${text}”须填写数值。`;
    case 'text':
      return typeof answer === 'string' && answer.length <= LONGEST_TEXT
        ? null
        : `“${text}”须填写文字，最长 ${LONGEST_TEXT} 字。`;
    case 'measurement':
      return isMeasurement(answer) ? null : `“${text}”须填写测得的数值。`;
    case 'signature':
      if (typeof answer !== 'string' || answer.length > LONGEST_SIGNATURE) {
        return `“${text}”的签名过大（最大 60 kB），请清除后重签。`;
      }
      return STROKES.test(answer) ? null : `“${text}”的签名无法识别，请清除后重签。`;
  }
}
