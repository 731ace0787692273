import { OVERSIGHT_TASKS, taskLabel } from '../notices/kinds';
import { isChangeTask } from '../visits/registry-changes';

export interface TaskOrigin {
  kind: string;
  departmentName: string;
  /** Whose it is; null: the department's. */
  assignee: string | null;
  /** Whether who asks has it. */
  isOwn: boolean;
  visitNumber: number | null;
}

/** In a few words, for lists: why a task is with whom it is. */
export function whyText({ kind, departmentName, assignee, isOwn }: TaskOrigin): string {
  if (!isOwn) return `由${departmentName}${assignee ?? ''}负责`;
  if (kind === 'results') return '您是该户的检查人员（随机匹配）';
  if (OVERSIGHT_TASKS.includes(kind)) return '您是督查人员';
  if (kind === 'launch') return `您是${departmentName}的经办人：年度计划应在实施时间内启动`;
  if (isChangeTask(kind)) return '您是牵头部门的经办人：抽取后名录有变动';
  if (kind === 'publish') return '您是牵头部门的经办人（谁检查、谁录入、谁公开）';
  if (kind === 'revise-correction') return '您提出的更正或撤回申请被退回';
  if (kind.startsWith('decide-') || ['approve-inspections', 'answer-objection'].includes(kind))
    return `您是${departmentName}的负责人`;
  return `您是${departmentName}的联络员`;
}

const RULES: Record<string, string> = {
  seal: '冻结名录后，各参与部门的联络员应在规定时限内封存随机值（抽取规程）。',
  reveal: '各部门均封存后，联络员应揭示封存的随机值（抽取规程）。',
  'approve-inspections': '检查实施前由部门负责人逐户审批（国办发〔2024〕54号）；批准后才能检查和录入。',
  'decide-recusal': '当事人申请检查人员回避的，由该检查人员所在部门的负责人决定；准予的按下一号票递补。',
  'decide-correction':
    '检查结果提交、公示后不能自行更改：由检查部门提出更正或撤回，部门负责人审批，申请人不能审批自己的申请（谁检查、谁录入、谁公开）。',
  'revise-correction': '更正、撤回的申请被退回的，由提出人修改后重新提交，或者撤回。',
  'answer-objection':
    '检查对象对结果有异议的，由该事项所属部门没有参加检查和录入的负责人处理；没有的，由领导小组处理。',
  'changed-entity': '抽取后检查对象有变动的，由牵头部门的经办人决定如何办理。',
  'changed-inspector': '抽取后检查人员有变动的，由牵头部门的经办人申请替换或确认。',
  publish:
    '检查完成后 20 个工作日内公示（国发〔2019〕5号），由牵头部门的经办人公示；谁检查、谁录入、谁公开。',
  'answer-urging': '任务逾期后下达督办单，由被督办部门的联络员答复。',
  rectify: '检查发现问题的，由该事项所属部门的联络员督促改正。',
  recheck: '当事人改正后，由该事项所属部门复查。',
  decide: '检查发现问题的，由该事项所属部门作出处理决定。',
  'decide-extension': '当事人申请延长改正期限的，由处理部门的负责人决定。',
  hear: '拟列入严重违法失信名单的，先告知当事人，由处理部门登记陈述申辩情况。',
  'decide-listing': '拟列入名单的，由名单管理部门的负责人决定，提出人不能决定。',
  'decide-repair': '申请移出名单的，由名单管理部门的负责人决定，申请登记人不能决定。',
  'joint-measure': '列入名单的，按联合惩戒措施表由有关部门采取措施并反馈。',
  'lift-measure': '移出名单的，由采取措施的部门解除措施并反馈。',
  launch: '年度计划的安排由牵头部门的经办人在实施时间内启动；没有经办人的，由联络员启动。',
  'void-ceremony': '抽取仪式作废的，由辖区最接近的督查机构核查。',
};

/** The rule by which a task came to whom it came first, with the draw where one decided. */
export function ruleText(
  { kind, departmentName, assignee, visitNumber }: TaskOrigin,
  draw: { ceremony: number; team: readonly string[] } | null,
): string {
  if (kind !== 'results') return RULES[kind] ?? taskLabel(kind);
  const from = draw === null ? '' : `由第 ${draw.ceremony} 次抽取仪式`;
  const team = draw === null || draw.team.length === 0 ? '' : `检查组：${draw.team.join('、')}。`;
  const who =
    assignee === null
      ? `${departmentName}没有可派的检查人员，任务由部门负责。`
      : `任务由检查组中编号最小的在册人员牵头录入。`;
  return `第 ${visitNumber ?? ''} 户${from}抽中，检查人员随机匹配。${team}${who}`;
}
