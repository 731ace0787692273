import { z } from 'zod';
import { METHODS } from '../../domain/visits/methods';
import { CORRECTION_STATUSES } from '../../domain/visits/corrections';
import { instant, ref } from './common';
import { formAnswer, resultCode } from './results';

const method = z.enum(METHODS);

const content = {
  resultCode,
  opinion: z.string().max(1000).default(''),
  method: method.optional().meta({ description: 'one of the item’s; default: on site where possible' }),
  answers: z.record(z.string(), formAnswer).default({}).meta({
    description: 'all of them, by key of the question; photos stay those that were handed in',
  }),
  reason: z
    .string()
    .trim()
    .min(5, '请写明更正理由（至少 5 个字）')
    .max(500)
    .meta({ description: 'shown to the public where the result is published: no personal data' }),
};

export const correctionRevision = z.object(content).meta({ id: 'CorrectionRevision' });

export const correctionRequest = z
  .object({ item: z.string().max(40), ...content })
  .meta({ id: 'CorrectionRequest' });

export const correctionDecision = z
  .object({ accepts: z.boolean(), note: z.string().trim().max(500).default('') })
  .meta({ id: 'CorrectionDecision' });

const result = z.object({
  resultCode: z.int(),
  opinion: z.string(),
  method: method.nullable(),
  answers: z.record(z.string(), z.unknown()),
});

const caseId = z.int().nullable();

export const correction = z
  .object({
    id: z.int(),
    item: z.string(),
    department: ref,
    status: z.enum(CORRECTION_STATUSES),
    reason: z.string(),
    before: result,
    after: result,
    askedBy: z.string(),
    askedAt: instant,
    decidedBy: z.string().nullable(),
    decidedAt: instant.nullable(),
    note: z.string(),
    consequences: z
      .object({
        annul: caseId.meta({ description: 'case that ends, for its result was a mistake' }),
        strike: caseId.meta({ description: 'settled case whose credit record is corrected' }),
        keep: caseId.meta({ description: 'case that goes on under the new code' }),
        open: z.string().nullable().meta({ description: 'track of the case that is opened' }),
      })
      .nullable()
      .meta({ description: 'what the approval leads to, or led to' }),
    obstacle: z.string().nullable().meta({ description: 'what has to be done before it can be approved' }),
    mayDecide: z.boolean(),
    mayRevise: z.boolean().meta({ description: 'ask for it again after a return' }),
    mayWithdraw: z.boolean(),
  })
  .meta({ id: 'Correction' });
