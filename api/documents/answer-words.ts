/** Questions of a check form on paper: room to answer, and answers in words. */
import type { Question } from '../../domain/items/check-form';

const LINE = '＿＿＿＿＿＿＿＿';

/** `60 – 80 ℃`, `≥ 60 ℃`; empty where there is no standard to be in. */
function rangeText({ min, max, unit }: Pick<Question, 'min' | 'max' | 'unit'>): string {
  const inUnit = unit ? ` ${unit}` : '';
  if (min !== undefined && max !== undefined) return `${min} – ${max}${inUnit}`;
  if (min !== undefined) return `≥ ${min}${inUnit}`;
  return max === undefined ? '' : `≤ ${max}${inUnit}`;
}

const boxes = (labels: readonly string[]): string => labels.map((label) => `□ ${label}`).join('　');

/** Where the answer is ticked or written. */
export function roomFor(question: Question): string {
  const { type, unit = '', options = [], instrument } = question;
  const range = rangeText(question);
  switch (type) {
    case 'yes-no':
      return boxes(['是', '否']);
    case 'choice':
      return boxes(options);
    case 'number':
      return `${LINE} ${unit}`;
    case 'measurement':
      return [
        `${LINE} ${unit}`,
        ...(range === '' ? [] : [`标准 ${range}`, boxes(['符合', '不符合'])]),
        `测量器具${instrument ? `（${instrument}）` : ''}：${LINE}`,
      ].join('\n');
    case 'photo':
      return `拍照　　　张${range === '' ? '' : `（${range}）`}`;
    case 'text':
    case 'signature':
      return `${LINE}\n${LINE}`;
  }
}

interface Measured {
  value: number;
  instrument?: string;
  within?: boolean;
}

/** What was answered; photos and signatures stay in the system. */
export function answerWords(question: Question, answer: unknown): string {
  if (answer === undefined || answer === null) return '';
  switch (question.type) {
    case 'yes-no':
      return answer === true ? '是' : '否';
    case 'signature':
      return '已在屏幕上签名';
    case 'photo':
      return `照片 ${photosIn(question, answer)} 张`;
    case 'measurement': {
      const { value, instrument, within } = answer as Measured;
      const judged =
        within === undefined ? '' : `（${within ? '符合' : '不符合'}标准 ${rangeText(question)}）`;
      return `${value} ${question.unit ?? ''}${judged}${instrument ? `，${instrument}` : ''}`;
    }
    case 'number':
      return `${Number(answer)} ${question.unit ?? ''}`.trim();
    case 'text':
    case 'choice':
      return typeof answer === 'string' ? answer : '';
  }
}

export const photosIn = ({ type }: Pick<Question, 'type'>, answer: unknown): number =>
  type === 'photo' && Array.isArray(answer) ? answer.length : 0;
