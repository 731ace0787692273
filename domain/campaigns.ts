/**
 * The life of a campaign (domain guide, section 3, "Plans"): which command is possible at which stage.
 * The workflow's validators, the API and the web page all ask here.
 */
export const STAGES = [
  'draft',
  'submitted',
  'returned',
  'approved',
  'frozen',
  'sealed',
  'drawn',
  'dispatched',
  'under_way',
  'results_in',
  'published',
  'closed',
  'cancelled',
] as const;

export type Stage = (typeof STAGES)[number];

export const COMMANDS = [
  'submit',
  'return',
  'approve',
  'freeze',
  'seal',
  'reveal',
  'recordPublicValue',
  'draw',
  'dispatch',
  'publish',
  'close',
  'cancel',
  'amend',
] as const;

export type Command = (typeof COMMANDS)[number];

const POSSIBLE_AT: Record<Command, readonly Stage[]> = {
  submit: ['draft', 'returned'],
  return: ['submitted'],
  approve: ['submitted'],
  freeze: ['approved'],
  seal: ['frozen'],
  reveal: ['sealed'],
  recordPublicValue: ['sealed'],
  draw: ['sealed'],
  dispatch: ['drawn'],
  publish: ['dispatched', 'under_way', 'results_in'],
  close: ['published'],
  // After the draw nothing is cancelled: what can't be visited gets a result that says why.
  cancel: ['draft', 'submitted', 'returned', 'approved', 'frozen', 'sealed'],
  // An approved replacement of an inspector or a supplementary draw (domain/amendments.ts).
  amend: ['drawn', 'dispatched', 'under_way'],
};

export const STAGE_LABELS: Record<Stage, string> = {
  draft: '草稿',
  submitted: '待审核',
  returned: '已退回',
  approved: '已批准',
  frozen: '已冻结，待封存',
  sealed: '已封存，待揭示',
  drawn: '已抽取',
  dispatched: '已派发',
  under_way: '检查中',
  results_in: '结果齐全',
  published: '已公示',
  closed: '已办结',
  cancelled: '已取消',
};

export const MODE_NAMES = { joint: '一次抽取、联合检查', per_item: '分项比例、合并上门' } as const;

export const COMMAND_LABELS: Record<Command, string> = {
  submit: '提交审核',
  return: '退回',
  approve: '批准',
  freeze: '冻结名录',
  seal: '封存',
  reveal: '揭示',
  recordPublicValue: '登记公共随机值',
  draw: '抽取',
  dispatch: '派发',
  publish: '公示',
  close: '办结',
  cancel: '取消',
  amend: '变更抽取结果',
};

/** While inspectors are at it. */
export const TAKES_RESULTS: readonly Stage[] = ['dispatched', 'under_way', 'results_in'];

export const isPossible = (command: Command, stage: Stage): boolean => POSSIBLE_AT[command].includes(stage);

/** A plan can be tried out until it is carried out. */
export const isSimulated = (stage: Stage): boolean =>
  stage === 'draft' || stage === 'submitted' || stage === 'returned' || stage === 'approved';

/** Why the stage refuses the command, in words for the person who tried. */
export function refusal(command: Command, stage: Stage): string {
  const needed = POSSIBLE_AT[command].map((at) => `“${STAGE_LABELS[at]}”`).join('或');
  return `任务当前为“${STAGE_LABELS[stage]}”，不能${COMMAND_LABELS[command]}；只有处于${needed}时可以。`;
}
