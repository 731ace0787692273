/** What somebody enters as a result, read against the check form that the campaign froze. */
import type { Knex } from 'knex';
import { readEvidenceOf } from '../../db/evidence';
import type { VisitItemState } from '../../db/results';
import { readForms } from '../../db/visit-views';
import { invalid, type FieldProblem } from '../../domain/errors';
import { readAnswers } from '../../domain/visits/answers';
import { methodOf, type Method } from '../../domain/visits/methods';
import { wasInspected, type ResultCode } from '../../domain/visits/results';

export interface SubmittedResult {
  item: string;
  resultCode: ResultCode;
  opinion: string;
  answers: Record<string, unknown>;
  method?: Method | undefined;
}

/** All of them fit, or nothing is stored. `placeOf` names where in the request the result of an item stands. */
export async function checkedResults(
  trx: Knex,
  visit: { visitId: number; items: readonly VisitItemState[] },
  given: readonly SubmittedResult[],
  placeOf: (item: string) => string,
): Promise<SubmittedResult[]> {
  const forms = await readForms(trx, visit.visitId);
  const evidence = await readEvidenceOf(trx, visit.visitId);
  const problems: FieldProblem[] = [];
  const results = given
    .map((result) => withMethod(result, visit.items, placeOf))
    .map((result) => {
      const form = forms.find((one) => one.item === result.item);
      const photosOf = (key: string) =>
        evidence
          .filter((one) => one.item_code === result.item && one.question_key === key)
          .map((one) => one.id);
      const read = readAnswers(
        form?.sections ?? [],
        result.answers,
        photosOf,
        wasInspected(result.resultCode),
      );
      const place = `${placeOf(result.item)}answers`;
      problems.push(...read.problems.map(({ field, message }) => ({ field: `${place}.${field}`, message })));
      return { ...result, answers: read.answers };
    });
  if (problems.length > 0) {
    throw invalid('bad-answer', problems.map(({ message }) => message).join(''), problems);
  }
  return results;
}

/** Each result says how the item was inspected, by one of the methods that its version allows (plan 3.4). */
function withMethod(
  result: SubmittedResult,
  items: readonly VisitItemState[],
  placeOf: (item: string) => string,
): SubmittedResult {
  const read = methodOf(
    result.method,
    items.find((item) => item.item_code === result.item)?.methods ?? ['on-site'],
  );
  if ('method' in read) return { ...result, method: read.method };
  throw invalid('bad-method', read.problem, [
    { field: `${placeOf(result.item)}method`, message: read.problem },
  ]);
}
