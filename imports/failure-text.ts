import { DomainError } from '../domain/errors';
import { diskFull } from './spool';

/** What an import's record says of its failure; null where somebody cancelled it. */
export function failureText(error: unknown): string | null {
  if (!(error instanceof DomainError)) {
    return diskFull(error)?.message ?? '导入时出现意外错误，名录库没有改变；请重试，或把日志交给管理员。';
  }
  return error.type === 'import-cancelled' ? null : error.message;
}
