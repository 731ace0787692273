/** What an inspection item must hold before the establishment office may publish it (plan 3.1, 3.3, 3.4). */
import type { FieldProblem } from '../errors';
import { citation, type LegalBasis } from './basis';
import type { CheckFormSection } from './check-form';
import { checkFormProblems } from './check-form-problems';
import { isSameFrequency, readFrequency } from './frequency';

export interface ItemToCheck {
  legalBases: readonly LegalBasis[];
  checkForm: readonly CheckFormSection[];
  ratioPpm: number | null;
  statutoryRatioPpm: number | null;
  frequency: string;
  statutoryFrequency: string;
}

/** Every problem of an item with its field; empty where it may be submitted. */
export function itemProblems(item: ItemToCheck): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (item.legalBases.length === 0) {
    problems.push({
      field: 'legalBases',
      message: '没有法律依据：法律法规规章没有规定的，一律不得擅自开展检查。请至少填写一条依据。',
    });
  }
  problems.push(...checkFormProblems(item.checkForm));
  const { ratioPpm, statutoryRatioPpm } = item;
  const law = citation(item.legalBases);
  if (statutoryRatioPpm !== null && ratioPpm !== null && ratioPpm !== statutoryRatioPpm) {
    problems.push({
      field: 'ratioPpm',
      message: `${law}规定了抽查比例，不能另定：请与法定比例一致或留空。`,
    });
  }
  const frequencyProblem = frequencyMessage(item, law);
  if (frequencyProblem !== null) problems.push(frequencyProblem);
  return problems;
}

function frequencyMessage(item: ItemToCheck, law: string): FieldProblem | null {
  if (item.statutoryFrequency === '') return null;
  const statutory = readFrequency(item.statutoryFrequency);
  if (!statutory) {
    return {
      field: 'statutoryFrequency',
      message: `法定频次“${item.statutoryFrequency}”无法识别：请写成“每年1次”“每两年至少1次”“每季度不超过2次”。`,
    };
  }
  if (item.frequency === '') return null;
  const own = readFrequency(item.frequency);
  return own && isSameFrequency(own, statutory)
    ? null
    : {
        field: 'frequency',
        message: `${law}规定频次为${item.statutoryFrequency}，不能另定：请写成一样或留空。`,
      };
}
