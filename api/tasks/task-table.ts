import type { TaskRow } from '../../db/task-views';
import { formatInstant } from '../../domain/notices/format';
import { taskLabel } from '../../domain/notices/kinds';
import type { TableColumn } from '../tables';
import { stateOf, titleOf, workingDaysLeft, type TaskReader } from './task-of';

const STATE_NAMES: Record<ReturnType<typeof stateOf>, string> = {
  open: '待办',
  overdue: '已逾期',
  done: '按时完成',
  'done-late': '逾期完成',
  cancelled: '已取消',
};

export const taskTable = (reader: TaskReader): TableColumn<TaskRow>[] => [
  { header: '编号', value: (row) => row.id, width: 10 },
  { header: '种类', value: (row) => taskLabel(row.kind) },
  { header: '任务', value: titleOf, width: 40 },
  {
    header: '抽查任务',
    value: (row) => row.campaign_name ?? `${row.plan_year ?? ''} 年度抽查计划`,
    width: 30,
  },
  { header: '抽查任务编号', value: (row) => row.campaign_code },
  { header: '责任部门', value: (row) => row.department_name },
  { header: '责任人', value: (row) => row.assignee },
  { header: '到期时间', value: (row) => formatInstant(row.due_at), width: 18 },
  { header: '剩余工作日', value: (row) => workingDaysLeft(row, reader) },
  { header: '状态', value: (row) => STATE_NAMES[stateOf(row, reader.now)] },
  { header: '办结时间', value: (row) => (row.done_at ? formatInstant(row.done_at) : null), width: 18 },
  { header: '办理人', value: (row) => row.done_by },
];
