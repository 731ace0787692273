/** What people are told, and how it is put. Each text names what is to be done. */
export type NoticeKind =
  | 'review-requested'
  | 'plan-returned'
  | 'plan-approved'
  | 'seal-requested'
  | 'reveal-requested'
  | 'ceremony-void'
  | 'drawn'
  | 'visits-assigned'
  | 'visits-dispatched'
  | 'reminder'
  | 'overdue'
  | 'urging-order'
  | 'urging-order-withdrawn'
  | 'escalation'
  | 'answer-received'
  | 'answer-decided'
  | 'case-opened'
  | 'case-task'
  | 'results-in'
  | 'published'
  | 'closed'
  | 'cancelled'
  | 'amendment-requested'
  | 'amendment-refused'
  | 'amended'
  | 'registry-changed'
  | 'annual-plan'
  | 'bulletin'
  | 'task-reassigned'
  | 'extension-requested'
  | 'extension-decided'
  | 'delegation'
  | 'visit-day'
  | 'inspections'
  | 'correction'
  | 'objection'
  | 'account';

export type NoticeParams = Record<string, string | number>;

export const NOTICE_LABELS: Record<NoticeKind, string> = {
  'review-requested': '方案待审核',
  'plan-returned': '方案被退回',
  'plan-approved': '方案已批准',
  'seal-requested': '请封存随机值',
  'reveal-requested': '请揭示随机值',
  'ceremony-void': '抽取仪式作废',
  drawn: '抽取完成',
  'visits-assigned': '检查任务派发（检查人员）',
  'visits-dispatched': '检查任务派发（部门）',
  reminder: '到期提醒',
  overdue: '逾期通知',
  'urging-order': '督办',
  'urging-order-withdrawn': '督办撤回',
  escalation: '逾期升级',
  'answer-received': '督办答复',
  'answer-decided': '督办答复处理',
  'case-opened': '后续处理',
  'case-task': '违法行为处理事项',
  'results-in': '结果齐全',
  published: '结果公示',
  closed: '任务办结',
  cancelled: '任务取消',
  'amendment-requested': '变更申请待批准',
  'amendment-refused': '变更申请未获批准',
  amended: '抽取结果变更',
  'registry-changed': '名录变动影响抽查',
  'task-reassigned': '任务改派',
  'extension-requested': '延期申请待审批',
  'extension-decided': '延期申请处理',
  delegation: '请假代办',
  'visit-day': '上门日期',
  inspections: '行政检查审批',
  correction: '更正与撤回',
  objection: '对检查结果的异议',
  account: '账号与角色',
  'annual-plan': '年度抽查计划',
  bulletin: '督查通报',
};

export const NOTICE_KINDS = Object.keys(NOTICE_LABELS) as NoticeKind[];

const TASK_LABELS = {
  seal: '封存随机值',
  reveal: '揭示随机值',
  'approve-inspections': '审批行政检查',
  'decide-recusal': '决定当事人的回避申请',
  'decide-correction': '审批更正或撤回的申请',
  'revise-correction': '修改被退回的更正或撤回申请',
  'answer-objection': '处理对检查结果的异议',
  results: '录入检查结果',
  'changed-entity': '处理检查对象变动',
  'changed-inspector': '处理检查人员变动',
  publish: '公示检查结果',
  'answer-urging': '答复督办单',
  rectify: '督促改正',
  recheck: '复查',
  decide: '作出处理决定',
  'decide-extension': '决定是否延长改正期限',
  hear: '登记陈述申辩情况',
  'decide-listing': '决定是否列入名单',
  'decide-repair': '决定是否移出名单',
  'joint-measure': '反馈联合惩戒措施',
  'lift-measure': '解除联合惩戒措施',
  launch: '启动年度计划安排',
  'void-ceremony': '核查作废的抽取仪式',
};

export type TaskKind = keyof typeof TASK_LABELS;

export const TASK_KINDS = Object.keys(TASK_LABELS) as [TaskKind, ...TaskKind[]];

/** What the supervision office itself owes: it is not urged by its own orders. */
export const OVERSIGHT_TASKS: readonly string[] = ['void-ceremony'];

const LABELS: Record<string, string> = TASK_LABELS;

export const taskLabel = (kind: string): string => LABELS[kind] ?? kind;

/** One line of a digest. Params are what the notice was written with. */
export function noticeLine(kind: NoticeKind, params: NoticeParams): string {
  const text = (name: string): string => String(params[name] ?? '');
  /** What a person wrote, ended with one full stop whether they typed it or not. */
  const sentence = (name: string): string => `${text(name).replace(/[。.]+$/, '')}。`;
  switch (kind) {
    case 'review-requested':
      return `联合抽查方案已提交，请审核。`;
    case 'plan-returned':
      return `方案被退回：${sentence('reason')}请修改后重新提交。`;
    case 'plan-approved':
      return `方案已批准，可以冻结名录、组织抽取。`;
    case 'seal-requested':
      return `名录已冻结，承诺值 ${text('commitment').slice(0, 16)}… 已公布。请在 ${text('due')} 前封存${text('department')}的随机值。`;
    case 'reveal-requested':
      return `各部门均已封存。请在 ${text('due')} 前揭示${text('department')}的随机值。`;
    case 'ceremony-void':
      return `第 ${text('number')} 次抽取仪式作废：${sentence('reason')}${
        params['due'] === undefined ? '' : `督查应于 ${text('due')} 前核查。`
      }重新抽取须重新冻结名录。`;
    case 'drawn':
      return `抽取完成：${text('visits')} 户，${text('unfilled')} 个检查人员空缺。请派发。`;
    case 'visits-assigned':
      return `请对 ${text('count')} 户开展检查，于 ${text('due')} 前录入结果。`;
    case 'visits-dispatched':
      return `${text('department')}共 ${text('count')} 户检查任务已派发，${text('due')} 前应录入结果。`;
    case 'reminder':
      return `${text('count')} 项“${taskLabel(text('task'))}”将于 ${text('due')} 到期，请按时办理。`;
    case 'overdue':
      return `${text('department')} ${text('count')} 项“${taskLabel(text('task'))}”已于 ${text('due')} 逾期，请立即办理。`;
    case 'urging-order':
      return params['demand'] === undefined
        ? `${text('department')} ${text('count')} 项任务逾期，已下达督办单 ${text('order')}，请在 ${text('due')} 前答复。`
        : `${text('department')}：督办单 ${text('order')}，${sentence('demand')}请在 ${text('due')} 前答复。`;
    case 'urging-order-withdrawn':
      return `督办单 ${text('order')}（${text('department')}）已撤回，不用答复：${sentence('reason')}`;
    case 'escalation':
      return `${text('department')} ${text('count')} 项“${taskLabel(text('task'))}”自 ${text('due')} 起长期逾期，报请领导小组处理。`;
    case 'answer-received':
      return `${text('department')}已答复督办单 ${text('order')}，请审阅。`;
    case 'answer-decided':
      return `督办单 ${text('order')} 的答复${text('decision')}。${text('note')}`;
    case 'case-opened':
      return `${text('department')}有 ${text('count')} 件检查发现的问题需要后续处理。`;
    case 'case-task':
      return `“${text('entity')}”一案：请${text('department')}于 ${text('due')} 前办理“${taskLabel(text('task'))}”。`;
    case 'results-in':
      return `检查结果已全部录入，请公示。`;
    case 'published':
      return `已公示 ${text('count')} 条检查结果。`;
    case 'closed':
      return `任务已办结。`;
    case 'amendment-requested':
      return `${text('by')}申请${text('what')}：${text('reason')}。请批准或不批准。`;
    case 'amendment-refused':
      return `${text('what')}的申请未获批准：${text('note')}。`;
    case 'amended':
      return `${text('what')}：${text('outcome')}已记入公开记录。`;
    case 'annual-plan':
      return `${text('year')} 年度抽查计划${text('what')}`;
    case 'bulletin':
      return `通报 ${text('number')} ${text('what')}`;
    case 'registry-changed':
      return `名录变动涉及已抽取的检查：新增 ${text('count')} 项待处理，请在 ${text('due')} 前办理。`;
    case 'task-reassigned':
      return `“${text('title')}”由${text('from')}改派给${text('to')}：${sentence('reason')}`;
    case 'extension-requested':
      return `${text('by')}申请将“${text('title')}”延期至 ${text('due')}：${sentence('reason')}请审批。`;
    case 'extension-decided':
      return `“${text('title')}”的延期申请${text('decision')}，应于 ${text('due')} 前完成。${text('note')}`;
    case 'account':
    case 'inspections':
    case 'correction':
      return sentence('what');
    case 'visit-day':
      return `第 ${text('number')} 户“${text('entity')}”：${sentence('what')}`;
    case 'objection':
      return `第 ${text('number')} 户“${text('entity')}”：${sentence('what')}`;
    case 'delegation':
      return text('what');
    case 'cancelled':
      return `任务已取消：${sentence('reason')}`;
  }
}
