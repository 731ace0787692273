import type { Stage } from './campaigns';

/** Whose contributions are awaited, by the names that people know. */
export interface CeremonyProgress {
  unsealed: readonly string[];
  unrevealed: readonly string[];
  /** The public source that has no value yet, or null. */
  publicMissing: string | null;
}

/** What has to happen next in a campaign, and by whom; null where nothing has. */
export function nextStepOf(stage: Stage, ceremony: CeremonyProgress | null): string | null {
  switch (stage) {
    case 'draft':
      return '牵头部门完善方案并提交审核';
    case 'submitted':
      return '领导审核：批准或退回';
    case 'returned':
      return '牵头部门按退回理由修改后重新提交';
    case 'approved':
      return '牵头部门冻结名录、公布承诺值';
    case 'frozen':
      return `等待封存：${ceremony?.unsealed.join('、') ?? ''}`;
    case 'sealed':
      if (ceremony && ceremony.unrevealed.length > 0) return `等待揭示：${ceremony.unrevealed.join('、')}`;
      return ceremony?.publicMissing ? '公共随机值：两名人员分别登记，一致后生效' : '牵头部门抽取';
    case 'drawn':
      return '牵头部门派发检查任务';
    case 'dispatched':
    case 'under_way':
      return '检查人员开展检查、录入结果；已完成的可先行公示';
    case 'results_in':
      return '牵头部门公示结果';
    case 'published':
      return '牵头部门办结任务';
    case 'closed':
    case 'cancelled':
      return null;
  }
}
