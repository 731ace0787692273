import type { HandlingTrack } from '../visits/results';

/** The handling of one violation, from the result to the repair of its consequences (plan 3.5). */
export const HANDLING_STATUSES = [
  'open',
  'rectifying',
  'extension-requested',
  'awaiting-recheck',
  'hearing',
  'proposed',
  'listed',
  'repair-requested',
  'lifting',
  'closed',
] as const;
export type HandlingStatus = (typeof HANDLING_STATUSES)[number];

export const HANDLING_STATUS_LABELS: Record<HandlingStatus, string> = {
  open: '待处理',
  rectifying: '责令改正期限内',
  'extension-requested': '延期待批准',
  'awaiting-recheck': '待复查',
  hearing: '已告知，陈述申辩期内',
  proposed: '待决定是否列入',
  listed: '已列入',
  'repair-requested': '移出（修复）待决定',
  lifting: '已移出，待解除惩戒措施',
  closed: '已办结',
};

export const HANDLING_STEPS = [
  'order',
  'extension-requested',
  'extension-approved',
  'extension-refused',
  'rectified',
  'recheck-passed',
  'recheck-failed',
  'penalty',
  'serious',
  'decided',
  'proposed',
  'heard',
  'listing-approved',
  'listing-refused',
  'joint-answered',
  'repair-requested',
  'repair-approved',
  'repair-refused',
  'joint-lifted',
  'annulled',
  'term-ended',
] as const;
export type HandlingStep = (typeof HANDLING_STEPS)[number];

export const HANDLING_STEP_LABELS: Record<HandlingStep, string> = {
  order: '下达责令改正通知书',
  'extension-requested': '当事人申请延期',
  'extension-approved': '批准延期',
  'extension-refused': '不批准延期',
  rectified: '当事人已改正',
  'recheck-passed': '复查合格',
  'recheck-failed': '复查不合格',
  penalty: '登记行政处罚',
  serious: '情节严重，拟列入严重违法失信名单',
  decided: '已作出处理决定',
  proposed: '提出列入建议',
  heard: '登记陈述申辩情况',
  'listing-approved': '决定列入',
  'listing-refused': '决定不予列入',
  'joint-answered': '联合惩戒反馈',
  'repair-requested': '申请移出（信用修复）',
  'repair-approved': '决定移出（准予修复）',
  'repair-refused': '不予移出（不予修复）',
  'joint-lifted': '已解除惩戒措施',
  annulled: '撤销案件',
  'term-ended': '列入期满，自动移出',
};

export interface HandlingState {
  track: HandlingTrack;
  status: HandlingStatus;
  /** Until when the listing lasts where it ends by itself. */
  endsAt?: string;
}

interface Move {
  from: readonly HandlingStatus[];
  /** Left out: on each. */
  on?: readonly HandlingTrack[];
  to: HandlingStatus | ((track: HandlingTrack) => HandlingStatus);
  track?: HandlingTrack;
}

export const LISTS = ['abnormal-list', 'serious-list'] as const satisfies HandlingTrack[];
export type List = (typeof LISTS)[number];

export const isList = (track: HandlingTrack): track is List => LISTS.some((list) => list === track);

const ON_THE_LIST = ['listed', 'repair-requested'] as const satisfies HandlingStatus[];

/**
 * The whole course as a table; nothing happens outside of it. What version 0.1.0 did with its three states is in it
 * unchanged: cases that it opened go on here.
 */
const COURSE: Record<HandlingStep, Move> = {
  order: { from: ['open'], on: ['rectification', 'penalty'], to: 'rectifying', track: 'rectification' },
  'extension-requested': { from: ['rectifying'], to: 'extension-requested' },
  'extension-approved': { from: ['extension-requested'], to: 'rectifying' },
  'extension-refused': { from: ['extension-requested'], to: 'rectifying' },
  rectified: {
    from: ['open', 'rectifying', 'extension-requested'],
    on: ['rectification'],
    to: 'awaiting-recheck',
  },
  'recheck-passed': { from: ['awaiting-recheck'], to: 'closed' },
  // What a recheck finds unmended becomes a matter of penalty, or of another order.
  'recheck-failed': { from: ['awaiting-recheck'], to: 'open', track: 'penalty' },
  // A penalty does not spare the list.
  penalty: {
    from: ['open'],
    on: ['penalty', ...LISTS],
    to: (track) => (isList(track) ? 'open' : 'closed'),
  },
  serious: { from: ['open'], on: ['penalty', 'abnormal-list'], to: 'open', track: 'serious-list' },
  decided: { from: ['open'], on: ['penalty', ...LISTS], to: 'closed' },
  // Before the serious list the party is told and may speak.
  proposed: {
    from: ['open'],
    on: LISTS,
    to: (track) => (track === 'serious-list' ? 'hearing' : 'proposed'),
  },
  heard: { from: ['hearing'], to: 'proposed' },
  'listing-approved': { from: ['proposed'], to: 'listed' },
  'listing-refused': { from: ['proposed'], to: 'open' },
  'joint-answered': { from: ON_THE_LIST, to: 'listed' },
  'repair-requested': { from: ['listed'], to: 'repair-requested' },
  'repair-approved': { from: ['repair-requested'], to: 'lifting' },
  'repair-refused': { from: ['repair-requested'], to: 'listed' },
  'joint-lifted': { from: ['lifting'], to: 'lifting' },
  annulled: {
    from: HANDLING_STATUSES.filter((status) => status !== 'closed' && status !== 'lifting'),
    to: 'lifting',
  },
  'term-ended': { from: ON_THE_LIST, to: 'lifting' },
};

/**
 * The state that a step leads to, or why it can't be taken now. `toLift`: measures of other departments that are to be
 * lifted still, without which a case that left the list is settled.
 */
export function afterStep(
  state: HandlingState,
  step: HandlingStep,
  toLift = 0,
): HandlingState | { refusal: string } {
  if (!isPossible(state, step)) return { refusal: refusalOf(state, step) };
  const { to, track } = COURSE[step];
  // An answer of another department changes nothing for the case itself.
  if (step === 'joint-answered') return state;
  const status = typeof to === 'function' ? to(state.track) : to;
  return {
    track: track ?? state.track,
    status: status === 'lifting' && toLift === 0 ? 'closed' : status,
  };
}

function isPossible({ track, status }: HandlingState, step: HandlingStep): boolean {
  const { from, on } = COURSE[step];
  return from.includes(status) && (on === undefined || on.includes(track));
}

export const possibleSteps = (state: HandlingState): HandlingStep[] =>
  HANDLING_STEPS.filter((step) => isPossible(state, step));

function refusalOf(state: HandlingState, step: HandlingStep): string {
  if (state.status === 'closed') return '该案件已办结。';
  if (step === 'decided' && state.track === 'rectification') return '责令改正的案件先登记改正情况，再复查。';
  if (step.startsWith('recheck') && state.track === 'rectification') return '请先登记改正情况，再复查。';
  if (step === 'rectified' && state.status === 'awaiting-recheck') return '已登记改正，等待复查。';
  const possible = possibleSteps(state)
    .filter((one) => one !== 'term-ended')
    .map((one) => HANDLING_STEP_LABELS[one]);
  return `案件${HANDLING_STATUS_LABELS[state.status]}，不能登记“${HANDLING_STEP_LABELS[step]}”；现在可以：${possible.join('、')}。`;
}
