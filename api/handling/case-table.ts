import type { HandlingCaseRow } from '../../db/handling-views';
import { HANDLING_STATUS_LABELS } from '../../domain/handling/course';
import { formatInstant } from '../../domain/notices/format';
import { taskLabel } from '../../domain/notices/kinds';
import { RESULT_LABELS, type HandlingTrack, type ResultCode } from '../../domain/visits/results';
import type { TableColumn } from '../tables';

const TRACKS: Record<HandlingTrack, string> = {
  rectification: '责令改正',
  'abnormal-list': '经营异常名录',
  'serious-list': '严重违法失信名单',
  penalty: '行政处罚',
};

export const CASE_TABLE: readonly TableColumn<HandlingCaseRow>[] = [
  { header: '编号', value: (row) => row.id },
  { header: '检查对象', value: (row) => row.entity_name },
  { header: '统一社会信用代码', value: (row) => row.credit_code },
  { header: '行政区划代码', value: (row) => row.region_code },
  { header: '抽查任务', value: (row) => row.campaign_code },
  { header: '检查事项', value: (row) => row.item_name },
  { header: '检查结果', value: (row) => RESULT_LABELS[row.result_code as ResultCode] },
  { header: '处理部门', value: (row) => row.department_name },
  { header: '处理方式', value: (row) => TRACKS[row.track] },
  { header: '状态', value: (row) => HANDLING_STATUS_LABELS[row.status] },
  { header: '下一步', value: (row) => (row.task === null ? null : taskLabel(row.task)) },
  { header: '下一步负责部门', value: (row) => row.task_department },
  { header: '下一步到期', value: (row) => row.due_at && formatInstant(new Date(row.due_at)) },
  { header: '立案时间', value: (row) => formatInstant(row.opened_at) },
  { header: '办结时间', value: (row) => row.closed_at && formatInstant(row.closed_at) },
  { header: '结果', value: (row) => row.outcome },
];
