/** The life of a bulletin: the workflow's validator, the API and the page all ask here. */
export const BULLETIN_STAGES = ['draft', 'submitted', 'returned', 'published', 'withdrawn'] as const;
export type BulletinStage = (typeof BULLETIN_STAGES)[number];

export const BULLETIN_COMMANDS = ['refreeze', 'submit', 'return', 'approve', 'correct', 'withdraw'] as const;
export type BulletinCommand = (typeof BULLETIN_COMMANDS)[number];

const MOVES: Record<BulletinCommand, { from: readonly BulletinStage[]; to: BulletinStage | null }> = {
  // The figures are computed anew, and those before are kept.
  refreeze: { from: ['draft', 'returned'], to: null },
  submit: { from: ['draft', 'returned'], to: 'submitted' },
  return: { from: ['submitted'], to: 'returned' },
  // Made public with it, and sent.
  approve: { from: ['submitted'], to: 'published' },
  // What is public stays so until the corrected edition takes its place.
  correct: { from: ['published', 'withdrawn'], to: 'draft' },
  withdraw: { from: ['published', 'draft', 'returned'], to: 'withdrawn' },
};

export const BULLETIN_STAGE_LABELS: Record<BulletinStage, string> = {
  draft: '拟稿中',
  submitted: '待审批',
  returned: '已退回',
  published: '已发布',
  withdrawn: '已撤回',
};

export const BULLETIN_COMMAND_LABELS: Record<BulletinCommand, string> = {
  refreeze: '重新冻结数字',
  submit: '提交审批',
  return: '退回',
  approve: '批准并发布',
  correct: '更正',
  withdraw: '撤回',
};

export const NEEDS_REASON: readonly BulletinCommand[] = ['refreeze', 'return', 'correct', 'withdraw'];

export const isBulletinCommandPossible = (command: BulletinCommand, stage: BulletinStage): boolean =>
  MOVES[command].from.includes(stage);

export const bulletinStageAfter = (command: BulletinCommand, stage: BulletinStage): BulletinStage =>
  MOVES[command].to ?? stage;

/** The office writes its texts until they are handed in. */
export const isBulletinOpen = (stage: BulletinStage): boolean => stage === 'draft' || stage === 'returned';

export function bulletinRefusal(command: BulletinCommand, stage: BulletinStage): string {
  const needed = MOVES[command].from.map((from) => `“${BULLETIN_STAGE_LABELS[from]}”`).join('或');
  return `通报当前为“${BULLETIN_STAGE_LABELS[stage]}”，不能${BULLETIN_COMMAND_LABELS[command]}；只有处于${needed}时可以。`;
}
