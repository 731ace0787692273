import type { Stage } from '../api/types';

/** In the order of a campaign's life. */
export const STAGES: readonly Stage[] = [
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
];

/** The steps a campaign's page shows, each with the stages at which it is the current one. */
export const STEPS = [
  { key: 'plan', stages: ['draft', 'submitted', 'returned'] },
  { key: 'freeze', stages: ['approved', 'frozen'] },
  { key: 'reveal', stages: ['sealed'] },
  { key: 'draw', stages: ['drawn'] },
  { key: 'visits', stages: ['dispatched', 'under_way'] },
  { key: 'publish', stages: ['results_in'] },
  { key: 'close', stages: ['published', 'closed'] },
] as const satisfies readonly { key: string; stages: readonly Stage[] }[];
