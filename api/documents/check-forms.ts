import type { DocumentData } from '../../documents/kinds';
import { readDepartmentNames } from '../../db/organisation';
import type { CheckFormSection } from '../../domain/items/check-form';
import { formatInstant } from '../../domain/notices/format';
import type { Actor } from '../../domain/roles';
import { METHOD_NAMES } from '../../domain/visits/methods';
import { RESULT_LABELS, type ResultCode } from '../../domain/visits/results';
import type { ApiContext } from '../context';
import { papersOf } from '../visits/papers';
import { visitDetail } from '../visits/visit-detail';
import { answerWords, photosIn, roomFor } from './answer-words';
import type { Wanted } from './wanted';

type Visit = Awaited<ReturnType<typeof visitDetail>>;
type VisitItem = Visit['items'][number];
type Filled = DocumentData<'check-form-filled'>;

/** The check forms of a visit, a document for each department: by its own template, its items one after the other. */
export async function checkFormsOf(
  context: ApiContext,
  id: number,
  { actor, isFilled }: { actor: Actor; isFilled: boolean },
): Promise<Wanted<'check-form-blank' | 'check-form-filled'>[]> {
  const visit = await visitDetail(context, id, actor);
  const papers = await papersOf(context.db, id, actor);
  const names = await readDepartmentNames(context.db);
  const certificates = new Map(
    papers.departments.flatMap(({ inspectors }) =>
      inspectors.map((one) => [one.code, one.certificate] as const),
    ),
  );
  const facts = (item: VisitItem) => factsOf(visit, item, names, certificates);
  const fileName = `${isFilled ? '检查记录' : '检查表'}-${visit.campaign.code}-${visit.number}`;
  return [...new Set(visit.items.map((item) => item.department.code))].map((department) => {
    const items = visit.items.filter((item) => item.department.code === department);
    return isFilled
      ? {
          kind: 'check-form-filled',
          ...{ department, fileName },
          data: items.map((item) => filledOf(visit, item, facts(item))),
        }
      : {
          kind: 'check-form-blank',
          ...{ department, fileName },
          data: items.map((item) => ({
            ...facts(item),
            检查分段: sectionsOf(visit, item, (question) => ({ 填写处: roomFor(question) })),
            结果选项: Object.values(RESULT_LABELS).map((结果) => ({ 结果 })),
          })),
        };
  });
}

const formOf = (visit: Visit, item: VisitItem) => visit.forms.find((one) => one.item === item.item.code);

function factsOf(
  visit: Visit,
  item: VisitItem,
  names: ReadonlyMap<string, string>,
  certificates: ReadonlyMap<string, string>,
) {
  return {
    编号: `${visit.campaign.code}-${visit.number}`,
    任务名称: visit.campaign.name,
    部门: names.get(item.department.code) ?? item.department.name,
    事项: item.item.name,
    事项编号: item.item.code,
    表格版本: String(formOf(visit, item)?.version ?? ''),
    检查对象: visit.entity.name,
    统一社会信用代码: visit.entity.creditCode,
    地址: visit.entity.address,
    检查日期: visit.visitOn ?? '',
    检查人员: visit.inspectors
      .filter((one) => one.department === item.department.code)
      .map(({ code, name }) => `${name}（执法证号 ${certificates.get(code) ?? '—'}）`)
      .join('、'),
  };
}

type Question = CheckFormSection['questions'][number];

function sectionsOf<T extends object>(visit: Visit, item: VisitItem, beside: (question: Question) => T) {
  const sections = (formOf(visit, item)?.sections ?? []) as CheckFormSection[];
  return sections.map(({ title, questions }) => ({
    标题: title,
    问题: questions.map((question, at) => ({
      序号: String(at + 1),
      问题: question.text,
      标准: question.standard ?? '',
      依据: question.basis ?? '',
      ...beside(question),
    })),
  }));
}

function filledOf(visit: Visit, item: VisitItem, facts: ReturnType<typeof factsOf>): Filled {
  const questions = ((formOf(visit, item)?.sections ?? []) as CheckFormSection[]).flatMap(
    (section) => section.questions,
  );
  const photos = questions.reduce((sum, one) => sum + photosIn(one, item.answers[one.key]), 0);
  return {
    ...facts,
    检查方式: item.method === null ? '' : METHOD_NAMES[item.method],
    检查分段: sectionsOf(visit, item, (question) => ({
      回答: answerWords(question, item.answers[question.key]),
    })),
    检查结果: item.resultCode === null ? '' : resultWords(item.resultCode),
    处理意见: item.opinion,
    照片数: String(photos),
    录入人: item.submittedBy ?? '',
    录入时间: item.submittedAt === null ? '' : formatInstant(new Date(item.submittedAt)),
    更正: visit.corrections
      .filter((one) => one.item === item.item.code && one.kind === 'result' && one.status === 'approved')
      .map((one) => ({
        申请: `${one.askedBy} ${formatInstant(new Date(one.askedAt))}`,
        决定:
          one.decidedAt === null ? '' : `${one.decidedBy ?? ''} ${formatInstant(new Date(one.decidedAt))}`,
        理由: one.reason,
        内容: changeWords(one, questions),
      })),
  };
}

const resultWords = (code: number): string => RESULT_LABELS[code as ResultCode];

type Change = Pick<Visit['corrections'][number], 'before' | 'after'>;

/** What a correction changed, a line each. */
function changeWords({ before, after }: Change, questions: readonly Question[]): string {
  const was = wordsOf(before, questions);
  const is = wordsOf(after, questions);
  return was
    .flatMap(([label, old], at) => {
      const now = is[at]?.[1] ?? '';
      return old === now ? [] : [`${label}：由“${old || '—'}”改为“${now || '—'}”`];
    })
    .join('\n');
}

const wordsOf = (
  { resultCode, opinion, method, answers }: Change['before'],
  questions: readonly Question[],
): [label: string, words: string][] => [
  ['检查结果', resultWords(resultCode)],
  ['处理意见', opinion],
  ['检查方式', method === null ? '' : METHOD_NAMES[method]],
  ...questions.map((one): [string, string] => [
    one.text,
    answerWords(one, (answers as Record<string, unknown> | null)?.[one.key]),
  ]),
];
