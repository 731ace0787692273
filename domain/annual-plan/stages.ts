/** The life of a year's plan (plan 3.4): the workflow's validator, the API and the web page all ask here. */
export const PLAN_STAGES = ['draft', 'submitted', 'returned', 'approved', 'published'] as const;
export type PlanStage = (typeof PLAN_STAGES)[number];

export const PLAN_COMMANDS = ['submit', 'return', 'approve', 'publish'] as const;
export type PlanCommand = (typeof PLAN_COMMANDS)[number];

const MOVES: Record<PlanCommand, { from: readonly PlanStage[]; to: PlanStage }> = {
  submit: { from: ['draft', 'returned'], to: 'submitted' },
  return: { from: ['submitted', 'approved'], to: 'returned' },
  approve: { from: ['submitted'], to: 'approved' },
  publish: { from: ['approved'], to: 'published' },
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
};

export const stageAfter = (command: PlanCommand): PlanStage => MOVES[command].to;

export const isPlanCommandPossible = (command: PlanCommand, stage: PlanStage): boolean =>
  MOVES[command].from.includes(stage);

/** Departments write their lines, and the coordinator joins them, until the plan is handed in. */
export const isPlanOpen = (stage: PlanStage): boolean => stage === 'draft' || stage === 'returned';

export function planRefusal(command: PlanCommand, stage: PlanStage): string {
  const needed = MOVES[command].from.map((from) => `“${STAGE_LABELS[from]}”`).join('或');
  return `年度计划当前为“${STAGE_LABELS[stage]}”，不能${PLAN_COMMAND_LABELS[command]}；只有处于${needed}时可以。`;
}

export const planClosed = (stage: PlanStage): string =>
  `年度计划当前为“${STAGE_LABELS[stage]}”，不能再修改；退回后才能修改。`;
