import type { Role } from '../roles';

/** Roles whose holders can do a task of a kind, in its department; results are for the visit's team alone. */
const HOLDERS: Record<string, readonly Role[]> = {
  'approve-inspections': ['approver'],
  'decide-recusal': ['approver'],
  'decide-correction': ['approver'],
  'revise-correction': ['inspector', 'liaison', 'lead_officer'],
  'answer-objection': ['approver'],
  publish: ['lead_officer'],
  'changed-entity': ['lead_officer'],
  'changed-inspector': ['lead_officer'],
  launch: ['lead_officer', 'liaison'],
  'void-ceremony': ['supervisor'],
};

export const holdersOf = (kind: string): readonly Role[] => HOLDERS[kind] ?? ['liaison'];

/** The roles that somebody's delegate acts in: not who decides, keeps accounts or inspects. */
export const DELEGABLE_ROLES = ['liaison', 'lead_officer'] as const satisfies Role[];
