import { z } from 'zod';
import { day, instant } from './common';

/** What every policy in versions has beside its content. */
export const policyDraft = z.object({
  reason: z.string().trim().min(1, '请写明理由').max(1000),
  validFrom: day,
});

const command = z.enum(['submit', 'return', 'approve']);

export const policyVersion = z.object({
  version: z.int(),
  status: z.enum(['draft', 'submitted', 'returned', 'approved']),
  inForce: z.boolean().meta({ description: 'what is planned today goes by it' }),
  reason: z.string(),
  validFrom: day,
  author: z.string(),
  submittedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  decisionNote: z.string(),
  mayEdit: z.boolean(),
  possibleCommands: z.array(command),
});

export const policyDecision = z.object({
  command,
  note: z.string().trim().max(1000).default(''),
});
