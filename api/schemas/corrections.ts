import { z } from 'zod';
import { METHODS } from '../../domain/visits/methods';
import { CORRECTION_KINDS, CORRECTION_STATUSES } from '../../domain/visits/corrections';
import { PUBLICATION_STATUSES } from '../../domain/visits/publications';
import { day, instant, ref } from './common';
import { formAnswer, resultCode } from './results';

const method = z.enum(METHODS);

const reason = z.string().trim().min(5, '请写明理由（至少 5 个字）').max(500).meta({
  description: 'shown to the public where the result is published: no personal data',
  example: '录入时选错了结果，按现场检查笔录更正',
});

const content = {
  resultCode,
  opinion: z.string().max(1000).default(''),
  method: method.optional().meta({ description: 'one of the item’s; default: on site where possible' }),
  answers: z.record(z.string(), formAnswer).default({}).meta({
    description: 'all of them, by key of the question; photos stay those that were handed in',
  }),
  reason,
};

export const correctionRevision = z.object(content).meta({ id: 'CorrectionRevision' });

export const correctionRequest = z
  .object({ item: z.string().max(40).meta({ example: 'SCJG-001' }), ...content })
  .meta({ id: 'CorrectionRequest' });

const entityName = z.string().trim().min(1, '请填写公示的名称').max(200).optional().meta({
  description: 'of a correction: the name that is to stand in public; default: as it does',
  example: '王＊＊',
});

export const publicationRevision = z.object({ entityName, reason }).meta({ id: 'PublicationRevision' });

export const publicationChange = z
  .object({
    items: z
      .array(z.string().max(40))
      .min(1, '请选择事项')
      .max(100)
      .meta({ example: ['SCJG-001'] }),
    kind: z.enum(['publication', 'withdrawal']).meta({
      description:
        'publication: what is public is corrected, by what the record says now; withdrawal: it is taken off',
    }),
    entityName,
    reason,
  })
  .meta({ id: 'PublicationChange' });

export const publication = z
  .object({
    item: z.string(),
    version: z.int(),
    status: z.enum(PUBLICATION_STATUSES),
    entityName: z.string().meta({ description: 'as the public reads it, or read it' }),
    resultCode: z.int(),
    visitOn: day,
    publishedAt: instant,
    changedAt: instant.nullable(),
    reason: z.string(),
  })
  .meta({ id: 'Publication' });

export const correctionDecision = z
  .object({
    accepts: z.boolean(),
    note: z
      .string()
      .trim()
      .max(500)
      .default('')
      .meta({ description: 'needed for a return', example: '请写明依据' }),
  })
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
    kind: z.enum(CORRECTION_KINDS).meta({
      description: 'of the result, of its publication alone, or the withdrawal of the publication',
    }),
    entityName: z
      .string()
      .nullable()
      .meta({ description: 'of a publication: the name that is to stand there' }),
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
