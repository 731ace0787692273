/** Inspectors at work: each visit's department fills in its check forms and hands in its results. */
import { dayOf } from '../../domain/deadlines/working-days';
import { hash } from '../../domain/draw/hash';
import type { CheckFormSection, Question } from '../../domain/items/check-form';
import type { ResultCode } from '../../domain/visits/results';
import { inParallel, type DemoReporter } from './steps';
import type { Officials } from './officials';

export interface DemoVisit {
  id: number;
  number: number;
  entity: { creditCode: string };
  items: { item: { code: string }; department: { code: string }; resultCode: number | null }[];
  inspectors: { code: string; department: string }[];
}

interface Form {
  item: string;
  sections: CheckFormSection[];
}

const PEOPLE_AT_WORK = 6;

/** Hands in the results of some departments for all visits. */
export async function inspect(
  officials: Officials,
  visits: readonly DemoVisit[],
  departments: readonly string[],
  report: DemoReporter,
): Promise<void> {
  const jobs = visits.flatMap((visit) =>
    departments
      .filter((department) =>
        visit.items.some((item) => item.department.code === department && item.resultCode === null),
      )
      .map((department) => ({ visit, department })),
  );
  let done = 0;
  report.progress(0, jobs.length);
  await inParallel(jobs, PEOPLE_AT_WORK, async ({ visit, department }) => {
    await inspectOne(officials, visit, department);
    report.progress(++done, jobs.length);
  });
}

async function inspectOne(officials: Officials, visit: DemoVisit, department: string): Promise<void> {
  const inspector = visit.inspectors.find((one) => one.department === department)?.code;
  // Where nobody could be assigned, the department's liaison answers for it.
  const person = await officials.as(inspector?.toLowerCase() ?? `${department.toLowerCase()}-liaison`);
  const { forms } = await person.get<{ forms: Form[] }>(`/visits/${visit.id}`);
  const items = visit.items.filter((item) => item.department.code === department);
  await person.put(`/visits/${visit.id}/results`, {
    visitOn: dayOf(new Date()),
    results: items.map(({ item }) => {
      const resultCode = findingOf(visit.entity.creditCode, item.code);
      return {
        item: item.code,
        resultCode,
        opinion: resultCode === 1 ? '' : '演示：现场检查发现，已告知当事人。',
        answers: answersTo(forms.find((form) => form.item === item.code)),
      };
    }),
  });
}

/** Most have nothing; the same entity and item always have the same. */
function findingOf(creditCode: string, item: string): ResultCode {
  const chance = parseInt(hash(`${creditCode}/${item}`).slice(0, 4), 16) % 100;
  if (chance < 4) return 5;
  if (chance < 5) return 2;
  return chance < 8 ? 7 : 1;
}

function answersTo(form: Form | undefined): Record<string, unknown> {
  const questions = form?.sections.flatMap((section) => section.questions) ?? [];
  return Object.fromEntries(questions.map((question) => [question.key, answerTo(question)]));
}

function answerTo({ type, options, min, max }: Question): unknown {
  switch (type) {
    case 'yes-no':
      return true;
    case 'choice':
      return options?.[0] ?? '';
    case 'number':
      return 1;
    case 'text':
      return '符合要求';
    case 'measurement':
      return { value: min ?? max ?? 1 };
    case 'signature':
      return 'M80 120L160 60L240 140L320 60L400 120';
    case 'photo':
      return [];
  }
}
