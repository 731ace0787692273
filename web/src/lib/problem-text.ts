import type { TFunction } from 'i18next';
import { Problem } from '../api/problem';

/** What to tell a person about a failure. */
export function problemText(error: unknown, t: TFunction): string {
  if (!(error instanceof Problem)) return t('problem.crashed');
  if (error.message) return error.message;
  return error.status === 0 ? t('problem.unreachable') : t('problem.unknown', { status: error.status });
}
