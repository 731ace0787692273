import { invalid } from '../domain/errors';
import type { ImportOrder } from './carry-out';

export function refuseOrder({ kind, mode }: Pick<ImportOrder, 'kind' | 'mode'>): void {
  if (kind === 'items' && mode === 'full') {
    throw invalid('items-full-import', '事项清单只能按“变更”导入：撤销事项由编办办理。');
  }
  if (kind === 'trainings' && mode === 'full') {
    throw invalid('trainings-full-import', '培训只能按“变更”导入：登记有误的培训，请在执法人员页面撤销。');
  }
  if (kind === 'credit' && mode === 'full') {
    throw invalid('credit-full-import', '信用信息只能按“变更”导入：文件中没有的对象，其信用信息保持不变。');
  }
}
