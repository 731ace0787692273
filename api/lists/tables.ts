/** The columns of lists as people download them, in the words of their pages. */
import type { AccountRow } from '../../db/accounts';
import type { CampaignSummaryRow } from '../../db/campaign-views';
import type { CreditRecordRow } from '../../db/credit-records';
import type { ImportRow } from '../../db/import-views';
import type { ItemRow } from '../../db/items';
import type { VisitRow } from '../../db/visit-views';
import { STAGE_LABELS } from '../../domain/campaigns';
import { formatInstant } from '../../domain/notices/format';
import { ROLE_NAMES } from '../../domain/roles';
import { METHOD_NAMES } from '../../domain/visits/methods';
import { RESULT_LABELS, type ResultCode } from '../../domain/visits/results';
import type { TableColumn } from '../tables';
import type { Names } from '../users/account-of';

const instantOf = (at: Date | string | null): string | null => at && formatInstant(new Date(at));

export const CAMPAIGN_TABLE: readonly TableColumn<CampaignSummaryRow>[] = [
  { header: '编号', value: (row) => row.code },
  { header: '名称', value: (row) => row.name },
  { header: '阶段', value: (row) => STAGE_LABELS[row.stage] },
  { header: '牵头部门', value: (row) => row.lead_name },
  { header: '参与部门', value: (row) => row.departments.map(({ name }) => name).join('；') },
  { header: '行政区划代码', value: (row) => row.region_codes.join('；') },
  { header: '方式', value: (row) => (row.mode === 'joint' ? '一次抽取、联合检查' : '分项比例、合并上门') },
  { header: '检查开始', value: (row) => row.visit_from },
  { header: '检查结束', value: (row) => row.visit_to },
  { header: '检查对象', value: (row) => row.visits },
  { header: '已完成', value: (row) => row.visits_finished },
  { header: '已公示', value: (row) => row.visits_published },
  { header: '未办任务', value: (row) => row.open_tasks },
  { header: '逾期任务', value: (row) => row.overdue_tasks },
];

/** An item of a visit; of a visit without any there is no line. */
export interface VisitLine {
  visit: VisitRow;
  item: VisitRow['items'][number];
}

export const VISIT_TABLE: readonly TableColumn<VisitLine>[] = [
  { header: '任务编号', value: ({ visit }) => visit.campaign_code },
  { header: '任务', value: ({ visit }) => visit.campaign_name },
  { header: '序号', value: ({ visit }) => visit.number },
  { header: '检查对象', value: ({ visit }) => visit.entity_name },
  { header: '统一社会信用代码', value: ({ visit }) => visit.credit_code },
  { header: '行政区划代码', value: ({ visit }) => visit.region_code },
  { header: '地址', value: ({ visit }) => visit.address },
  { header: '部门', value: ({ item }) => item.department_name },
  { header: '事项', value: ({ item }) => item.name },
  {
    header: '检查人员',
    value: ({ visit, item }) =>
      visit.inspectors
        .filter(({ department }) => department === item.department)
        .map(({ name, code }) => `${name}（${code}）`)
        .join('；'),
  },
  { header: '检查日期', value: ({ visit }) => visit.visit_on },
  { header: '方式', value: ({ item }) => item.method && METHOD_NAMES[item.method] },
  {
    header: '结果',
    value: ({ item }) => (item.result_code === null ? null : RESULT_LABELS[item.result_code as ResultCode]),
  },
  { header: '处理意见', value: ({ item }) => item.opinion },
  { header: '录入时间', value: ({ item }) => instantOf(item.submitted_at) },
  { header: '公示时间', value: ({ visit }) => instantOf(visit.published_at) },
];

export const ITEM_STATUS_NAMES: Record<ItemRow['status'], string> = {
  draft: '草稿',
  submitted: '待审核',
  published: '现行',
  superseded: '已被新版本取代',
  withdrawn: '已撤销',
};

export const itemTable = (departmentOf: (code: string) => string): readonly TableColumn<ItemRow>[] => [
  { header: '编号', value: (row) => row.code },
  { header: '部门', value: (row) => departmentOf(row.department) },
  { header: '事项', value: (row) => row.name },
  { header: '内容', value: (row) => row.content },
  { header: '版本', value: (row) => row.version },
  { header: '状态', value: (row) => ITEM_STATUS_NAMES[row.status] },
  { header: '类别', value: (row) => (row.category === 'key' ? '重点' : '一般') },
  { header: '检查方式', value: (row) => row.methods.map((method) => METHOD_NAMES[method]).join('；') },
  {
    header: '依据',
    value: (row) => row.legal_bases.map(({ law, article }) => `${law}${article}`).join('；'),
  },
  { header: '公布时间', value: (row) => instantOf(row.published_at) },
  { header: '终止时间', value: (row) => instantOf(row.ended_at) },
];

const IMPORT_KINDS: Record<ImportRow['kind'], string> = {
  entities: '检查对象',
  credit: '信用信息',
  inspectors: '执法人员',
  trainings: '执法人员培训',
  items: '抽查事项',
};
const IMPORT_MODES: Record<ImportRow['mode'], string> = { full: '全量', changes: '增量', undo: '撤销' };
const IMPORT_STATES: Record<ImportRow['status'], string> = {
  waiting: '排队中',
  running: '进行中',
  done: '完成',
  failed: '失败',
  cancelled: '已取消',
};

export const IMPORT_TABLE: readonly TableColumn<ImportRow>[] = [
  { header: '编号', value: (row) => row.id },
  { header: '内容', value: (row) => IMPORT_KINDS[row.kind] },
  { header: '方式', value: (row) => IMPORT_MODES[row.mode] },
  { header: '仅检查', value: (row) => (row.dry_run ? '是' : '') },
  { header: '文件', value: (row) => row.file_name },
  { header: '状态', value: (row) => IMPORT_STATES[row.status] },
  { header: '行数', value: (row) => row.rows_read },
  { header: '新增', value: (row) => row.added },
  { header: '变更', value: (row) => row.changed },
  { header: '终止', value: (row) => row.ended },
  { header: '未变', value: (row) => row.unchanged },
  { header: '拒绝', value: (row) => row.refused },
  { header: '经办人', value: (row) => row.started_by_name ?? '系统' },
  { header: '开始', value: (row) => instantOf(row.started_at) },
  { header: '结束', value: (row) => instantOf(row.finished_at) },
  { header: '失败原因', value: (row) => row.failure },
];

/** A role that somebody holds; without a grant: who holds none. */
export interface UserLine {
  account: AccountRow;
  grant: AccountRow['grants'][number] | null;
}

export const userTable = ({ department, region }: Names): readonly TableColumn<UserLine>[] => [
  { header: '用户名', value: ({ account }) => account.username },
  { header: '姓名', value: ({ account }) => account.name },
  { header: '状态', value: ({ account }) => (account.disabled_at === null ? '启用' : '停用') },
  { header: '角色', value: ({ grant }) => grant && ROLE_NAMES[grant.role] },
  { header: '部门', value: ({ grant }) => grant && department(grant.department).name },
  { header: '地区', value: ({ grant }) => grant && region(grant.region).name },
  { header: '授予时间', value: ({ grant }) => grant && instantOf(grant.since) },
];

const CREDIT_KINDS: Record<CreditRecordRow['kind'], string> = {
  rectified: '责令改正',
  penalty: '行政处罚',
  settled: '其他处理',
  'abnormal-operations': '经营异常名录',
  'serious-violation': '严重违法失信名单',
};

export const CREDIT_TABLE: readonly TableColumn<CreditRecordRow>[] = [
  { header: '编号', value: (row) => row.id },
  { header: '检查对象', value: (row) => row.entity_name },
  { header: '统一社会信用代码', value: (row) => row.credit_code },
  { header: '行政区划代码', value: (row) => row.region_code },
  { header: '种类', value: (row) => CREDIT_KINDS[row.kind] },
  { header: '事由', value: (row) => row.what },
  { header: '依据', value: (row) => row.basis },
  { header: '部门', value: (row) => row.department_name },
  { header: '计入日期', value: (row) => row.recorded_on },
  { header: '计算至', value: (row) => row.counts_until },
  { header: '公示时间', value: (row) => instantOf(row.published_at) },
  { header: '更正时间', value: (row) => instantOf(row.corrected_at) },
  { header: '更正理由', value: (row) => row.correction },
];
