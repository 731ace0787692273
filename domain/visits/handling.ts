import type { HandlingTrack } from './results';

/** The handling of one violation: rectification order → recheck → closed, or a decision (plan 3.5). */
export const HANDLING_STATUSES = ['open', 'awaiting-recheck', 'closed'] as const;
export type HandlingStatus = (typeof HANDLING_STATUSES)[number];

export const HANDLING_STEPS = ['rectified', 'recheck-passed', 'recheck-failed', 'decided'] as const;
export type HandlingStep = (typeof HANDLING_STEPS)[number];

export interface HandlingState {
  track: HandlingTrack;
  status: HandlingStatus;
}

export const HANDLING_STEP_LABELS: Record<HandlingStep, string> = {
  rectified: '当事人已改正',
  'recheck-passed': '复查合格',
  'recheck-failed': '复查不合格',
  decided: '已作出处理决定',
};

/** The state that a step leads to, or why it can't be taken now. */
export function afterStep(state: HandlingState, step: HandlingStep): HandlingState | { refusal: string } {
  if (state.status === 'closed') return { refusal: '该案件已办结。' };
  if (step === 'decided') {
    return state.track === 'rectification'
      ? { refusal: '责令改正的案件先登记改正情况，再复查。' }
      : { ...state, status: 'closed' };
  }
  if (state.track !== 'rectification') return { refusal: '该案件不在责令改正阶段，请登记处理决定。' };
  if (step === 'rectified') {
    return state.status === 'open'
      ? { ...state, status: 'awaiting-recheck' }
      : { refusal: '已登记改正，等待复查。' };
  }
  if (state.status !== 'awaiting-recheck') return { refusal: '请先登记改正情况，再复查。' };
  // What a recheck finds unmended is no longer a matter of rectification.
  return step === 'recheck-passed' ? { ...state, status: 'closed' } : { track: 'penalty', status: 'open' };
}
