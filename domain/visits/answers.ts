import type { FieldProblem } from '../errors';
import { mostPhotos, type CheckFormSection, type Question } from '../items/check-form';

interface ReadAnswers {
  answers: Record<string, unknown>;
  /** `field` is the question's key. */
  problems: FieldProblem[];
}

/** Evidence that was uploaded for a photo question, by the question's key. */
export type PhotosOf = (key: string) => readonly number[];

/**
 * Answers to a check form, each as its question asks for it; a measurement says whether it is in the range. Photos that a
 * form demands are demanded where there was something to inspect.
 */
export function readAnswers(
  sections: readonly CheckFormSection[],
  given: Readonly<Record<string, unknown>>,
  photosOf: PhotosOf = () => [],
  wasInspected = false,
): ReadAnswers {
  const questions = new Map(sections.flatMap((one) => one.questions).map((one) => [one.key, one]));
  const problems: FieldProblem[] = [];
  const answers = Object.entries(given).flatMap(([key, answer]): [string, unknown][] => {
    const question = questions.get(key);
    const message = question
      ? problemOf(question, answer, photosOf)
      : `检查表中没有编号为“${key}”的检查内容，请刷新页面后重填。`;
    if (message !== null) problems.push({ field: key, message });
    return [[key, question && isMeasurement(answer) ? judged(question, answer) : answer]];
  });
  if (wasInspected) {
    for (const question of questions.values()) {
      const message = missingPhotos(question, given[question.key]);
      if (message !== null) problems.push({ field: question.key, message });
    }
  }
  return { answers: Object.fromEntries(answers), problems };
}

function missingPhotos({ type, text, min = 0 }: Question, answer: unknown): string | null {
  if (type !== 'photo') return null;
  const count = Array.isArray(answer) ? answer.length : 0;
  return count < min ? `“${text}”至少须有 ${min} 张照片，现有 ${count} 张。` : null;
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

function problemOf(question: Question, answer: unknown, photosOf: PhotosOf): string | null {
  const { text, type, options = [] } = question;
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
    case 'photo':
      return photosProblem(question, answer, photosOf(question.key));
  }
}

/** What is named must have been uploaded to this visit for this question, and not taken back. */
function photosProblem(question: Question, answer: unknown, uploaded: readonly number[]): string | null {
  const { text } = question;
  if (!Array.isArray(answer)) return `“${text}”须上传照片。`;
  if (new Set(answer).size < answer.length || !answer.every((one) => uploaded.includes(one as number))) {
    return `“${text}”引用的照片不存在、已撤回或不属于这项内容，请刷新页面后重新上传。`;
  }
  const most = mostPhotos(question);
  return answer.length > most ? `“${text}”最多 ${most} 张照片，现有 ${answer.length} 张。` : null;
}
