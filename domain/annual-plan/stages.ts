/** The life of a year's plan (plan 3.4): the workflow's validator, the API and the web page all ask here. */
export const PLAN_STAGES = ['draft', 'submitted', 'returned', 'approved', 'published'] as const;
export type PlanStage = (typeof PLAN_STAGES)[number];

export const PLAN_COMMANDS = ['submit', 'return', 'approve', 'publish', 'amend', 'discard'] as const;
export type PlanCommand = (typeof PLAN_COMMANDS)[number];

const MOVES: Record<PlanCommand, { from: readonly PlanStage[]; to: PlanStage }> = {
  submit: { from: ['draft', 'returned'], to: 'submitted' },
  return: { from: ['submitted', 'approved'], to: 'returned' },
  approve: { from: ['submitted'], to: 'approved' },
  publish: { from: ['approved'], to: 'published' },
  amend: { from: ['published'], to: 'draft' },
  // Only of an amendment: what is published stays as it is.
  discard: { from: ['draft', 'returned'], to: 'published' },
};

const STAGE_LABELS: Record<PlanStage, string> = {
  draft: '编制中',
  submitted: '待审核',
  returned: '已退回',
  approved: '已批准，待公布',
  published: '已公布',
};

export const PLAN_COMMAND_LABELS: Record<PlanCommand, string> = {
  submit: '提交审核',
  return: '退回',
  approve: '批准',
  publish: '公布',
  amend: '修订',
  discard: '放弃修订',
};

export const stageAfter = (command: PlanCommand): PlanStage => MOVES[command].to;

/** `isInForce`: a version of it is published. */
export const isPlanCommandPossible = (command: PlanCommand, stage: PlanStage, isInForce: boolean): boolean =>
  MOVES[command].from.includes(stage) && (command !== 'discard' || isInForce);

/** The version that officials see and work on: the next one while it is in the making, else the one in force. */
export const workingVersion = ({ stage, version }: { stage: PlanStage; version: number }): number =>
  stage === 'published' ? version : version + 1;

/** Departments write their lines, and the coordinator joins them, until the plan is handed in. */
export const isPlanOpen = (stage: PlanStage): boolean => stage === 'draft' || stage === 'returned';

export function planRefusal(command: PlanCommand, stage: PlanStage): string {
  if (command === 'discard' && MOVES.discard.from.includes(stage))
    return '年度计划还没有公布过，没有可以放弃的修订。';
  const needed = MOVES[command].from.map((from) => `“${STAGE_LABELS[from]}”`).join('或');
  return `年度计划当前为“${STAGE_LABELS[stage]}”，不能${PLAN_COMMAND_LABELS[command]}；只有处于${needed}时可以。`;
}

export const planClosed = (stage: PlanStage): string =>
  `年度计划当前为“${STAGE_LABELS[stage]}”，不能修改${stage === 'published' ? '：请统筹协调人员先开始修订' : '；退回后才能修改'}。`;
