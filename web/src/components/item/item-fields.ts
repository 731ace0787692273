import type { components } from '../../api/schema';
import type { Item } from '../../api/types';

export type ItemDraft = components['schemas']['ItemDraft'];
export type FormSection = ItemDraft['checkForm'] extends (infer S)[] | undefined ? S : never;

/** An item as the form holds it: ratios in per cent, questions without their keys. */
export interface ItemFields {
  code: string;
  departmentCode: string;
  name: string;
  category: Item['category'];
  content: string;
  methods: ItemDraft['methods'];
  legalBases: { law: string; article?: string; text?: string }[];
  objectTags: string[];
  objectRegions: string[];
  qualifications: string[];
  ratio: number | null;
  statutoryRatio: number | null;
  frequency: string;
  statutoryFrequency: string;
  /** Asked for where a published version is changed. */
  changeReason?: string;
  checkForm: { title: string; questions: QuestionFields[] }[];
  opinions: string[];
}

interface QuestionFields {
  key?: string;
  text: string;
  type: FormSection['questions'][number]['type'];
  unit?: string;
  options?: string[];
  min?: number | null;
  max?: number | null;
  instrument?: string;
  basis?: string;
  standard?: string;
}

export const newItemFields = (departmentCode: string): Partial<ItemFields> => ({
  departmentCode,
  category: 'general',
  methods: ['on-site'],
  content: '',
  legalBases: [{ law: '' }],
  frequency: '',
  statutoryFrequency: '',
  ratio: null,
  statutoryRatio: null,
  objectTags: [],
  objectRegions: [],
  qualifications: [],
  checkForm: [{ title: '检查内容', questions: [{ text: '', type: 'yes-no' }] }],
  opinions: [],
});

const percentOf = (ppm: number | null) => (ppm === null ? null : ppm / 10_000);
const ppmOf = (percent: number | null | undefined) =>
  percent === null || percent === undefined ? null : Math.round(percent * 10_000);

/** The reason of a change is written anew for each version. */
export const itemFieldsOf = (item: Item): ItemFields => ({
  ...item,
  methods: item.methods as ItemDraft['methods'],
  ratio: percentOf(item.ratioPpm),
  statutoryRatio: percentOf(item.statutoryRatioPpm),
  changeReason: item.status === 'draft' ? item.changeReason : '',
});

export function draftOf(fields: ItemFields): ItemDraft {
  const taken = new Set(fields.checkForm.flatMap(({ questions }) => questions.map(({ key }) => key ?? '')));
  return {
    name: fields.name,
    category: fields.category,
    content: fields.content,
    methods: fields.methods,
    legalBases: fields.legalBases
      .filter((basis) => basis.law.trim() !== '')
      .map(({ law, article = '', text = '' }) => ({ law, article, text })),
    objectTags: fields.objectTags,
    objectRegions: fields.objectRegions,
    qualifications: fields.qualifications,
    ratioPpm: ppmOf(fields.ratio),
    statutoryRatioPpm: ppmOf(fields.statutoryRatio),
    frequency: fields.frequency,
    statutoryFrequency: fields.statutoryFrequency,
    changeReason: fields.changeReason ?? '',
    checkForm: fields.checkForm.map(({ title, questions }) => ({
      title,
      questions: questions.map((question) => questionOf(question, taken)),
    })),
    opinions: fields.opinions,
  };
}

/** Answers are kept by the question's key: it stays, whatever becomes of the words. */
function questionOf(question: QuestionFields, taken: Set<string>): FormSection['questions'][number] {
  const { text, type, unit, options, min, max, instrument, basis, standard } = question;
  const isMeasured = type === 'measurement';
  const hasRange = isMeasured || type === 'photo';
  return {
    key: question.key ?? freeKey(taken),
    text,
    type,
    ...((type === 'number' || isMeasured) && unit ? { unit } : {}),
    ...(type === 'choice' ? { options: options ?? [] } : {}),
    ...(hasRange && typeof min === 'number' ? { min } : {}),
    ...(hasRange && typeof max === 'number' ? { max } : {}),
    ...(isMeasured && instrument ? { instrument } : {}),
    ...(basis ? { basis } : {}),
    ...(standard ? { standard } : {}),
  };
}

function freeKey(taken: Set<string>): string {
  for (let number = 1; ; number++) {
    const key = `q${number}`;
    if (taken.has(key)) continue;
    taken.add(key);
    return key;
  }
}
