/** What an inspection item must hold before the establishment office may publish it (plan 3.1, 3.4). */
import type { FieldProblem } from './errors';

export interface ItemToCheck {
  legalBases: number;
  formSections: number;
  ratioPpm: number | null;
  statutoryRatioPpm: number | null;
}

/** Every problem of an item with its field; empty where it may be submitted. */
export function itemProblems(item: ItemToCheck): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (item.legalBases === 0) {
    problems.push({
      field: 'legalBases',
      message: '没有法律依据：法律法规规章没有规定的，一律不得擅自开展检查。请至少填写一条依据。',
    });
  }
  if (item.formSections === 0) {
    problems.push({ field: 'checkForm', message: '没有检查表格：请至少填写一个部分。' });
  }
  const { ratioPpm, statutoryRatioPpm } = item;
  if (statutoryRatioPpm !== null && ratioPpm !== null && ratioPpm !== statutoryRatioPpm) {
    problems.push({ field: 'ratioPpm', message: '法律规定了抽查比例，不能另定：请与法定比例一致或留空。' });
  }
  return problems;
}
