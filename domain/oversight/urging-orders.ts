/** Urging orders (督办单, plan 4.2, 4.4): what the supervision office demands of a department, and what may follow. */
export const ORDER_STATUSES = ['issued', 'answered', 'returned', 'accepted', 'withdrawn'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export const ORDER_STATUS_LABELS: Record<OrderStatus, string> = {
  issued: '待答复',
  answered: '已答复，待认定',
  returned: '答复被退回',
  accepted: '已销号',
  withdrawn: '已撤回',
};

/** What is urged where tasks passed the step of their deadline. */
export const OVERDUE_DEMAND = '任务逾期，现予督办。请查明原因，采取措施，按期答复。';

export const awaitsAnswer = (status: OrderStatus): boolean => status === 'issued' || status === 'returned';

/** Nothing more follows from it. */
export const isSettled = (status: OrderStatus): boolean => status === 'accepted' || status === 'withdrawn';

export const orderNumber = (year: string, n: number): string => `DB-${year}-${String(n).padStart(4, '0')}`;

/** The task to answer in a round of an order. */
export const answerTaskKey = (number: string, round: number): string => `answer-urging/${number}/${round}`;
