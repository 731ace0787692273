import { ORDER_STATUS_LABELS } from '../../domain/oversight/urging-orders';
import { formatInstant } from '../../domain/notices/format';
import type { TableColumn } from '../tables';
import type { orderOf } from './order-of';

type Order = ReturnType<typeof orderOf>;

const at = (instant: string | null | undefined): string => (instant ? formatInstant(new Date(instant)) : '');

/** The register of urging orders, one line each, with the newest round. */
export const ORDER_TABLE: readonly TableColumn<Order>[] = [
  { header: '编号', value: (row) => row.number },
  { header: '状态', value: (row) => ORDER_STATUS_LABELS[row.status] },
  { header: '来源', value: (row) => (row.origin === 'sweep' ? '逾期自动' : '督查下达') },
  { header: '部门', value: (row) => row.department.name },
  { header: '接收人', value: (row) => row.addressee ?? '' },
  { header: '任务编号', value: (row) => row.campaign?.code ?? '' },
  {
    header: '任务',
    value: (row) => row.campaign?.name ?? `${row.planYear ?? ''} 年度抽查计划`,
    width: 30,
  },
  { header: '涉及任务（项）', value: (row) => row.tasks },
  { header: '督办事项', value: (row) => row.demand, width: 40 },
  { header: '下达时间', value: (row) => at(row.issuedAt) },
  { header: '下达人', value: (row) => row.issuedBy ?? '' },
  { header: '答复轮次', value: (row) => row.rounds.length },
  { header: '答复期限', value: (row) => at(row.rounds.at(-1)?.dueAt) },
  { header: '答复时间', value: (row) => at(row.rounds.at(-1)?.answeredAt) },
  { header: '答复', value: (row) => row.rounds.at(-1)?.answer ?? '', width: 40 },
  { header: '督查意见', value: (row) => row.rounds.findLast((one) => one.decision)?.note ?? '', width: 30 },
  { header: '撤回理由', value: (row) => row.withdrawal?.reason ?? '', width: 30 },
];
